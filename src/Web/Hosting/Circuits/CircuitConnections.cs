using System.Net;

namespace Stepsize.Web.Hosting.Circuits;

/// <summary>Connections of open pages, counted: each keeps a page in the server's memory, about a tenth of a megabyte.</summary>
internal sealed class CircuitConnections
{
    /// <summary>Open pages of everybody.</summary>
    public const int Most = 1000;

    /// <summary>Open pages of one address. Where a proxy stands in between and is not known, all of them come from its.</summary>
    public const int MostOfAClient = 200;

    private readonly Dictionary<string, IPAddress> _connections = new(StringComparer.Ordinal);
    private readonly Dictionary<IPAddress, int> _ofClient = [];
    private readonly Lock _gate = new();

    /// <summary>Connections that are open now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _connections.Count;
            }
        }
    }

    public bool IsFullFor(IPAddress? client)
    {
        lock (_gate)
        {
            return IsFull(client ?? IPAddress.None);
        }
    }

    /// <returns>False where there are too many: the connection is not counted, and must end.</returns>
    public bool TryEnter(string connection, IPAddress? client)
    {
        var address = client ?? IPAddress.None;
        lock (_gate)
        {
            if (IsFull(address) || !_connections.TryAdd(connection, address))
            {
                return false;
            }

            _ofClient[address] = _ofClient.GetValueOrDefault(address) + 1;
            return true;
        }
    }

    /// <summary>Does nothing where the connection was not counted.</summary>
    public void Leave(string connection)
    {
        lock (_gate)
        {
            if (!_connections.Remove(connection, out var address))
            {
                return;
            }

            if (--_ofClient[address] == 0)
            {
                _ofClient.Remove(address);
            }
        }
    }

    private bool IsFull(IPAddress client) => _connections.Count >= Most || _ofClient.GetValueOrDefault(client) >= MostOfAClient;
}
