using System.Net;

namespace Stepsize.Web.Hosting.Access;

/// <summary>
/// Names under which the dashboard answers. A page elsewhere whose name is made to point here (DNS rebinding) would be of this site for a browser, and
/// could read, launch and delete: it is told apart by the name that the request carries. Addresses in digits are nobody's names, so they cannot be such.
/// </summary>
internal sealed class HostNames
{
    private readonly IReadOnlyList<string> _names;
    private readonly bool _allowsAddresses;

    private HostNames(IReadOnlyList<string> names, bool allowsAddresses) => (_names, _allowsAddresses) = (names, allowsAddresses);

    /// <summary>
    /// This machine's loopback names always; besides them those that a person gave, else, where other machines can reach the dashboard, every address in
    /// digits, the machine's own name, and the names in the addresses it listens on.
    /// </summary>
    public static HostNames Of(ProgramSettings settings) =>
        settings.AllowedHosts is { } given ? new HostNames(given, given.Any(g => g == "*"))
        : settings.IsLoopback ? new HostNames([], allowsAddresses: false)
        : new HostNames([Environment.MachineName, .. settings.Urls.Split(';').Select(url => BindingAddress.Parse(url).Host)], allowsAddresses: true);

    /// <param name="host">Of a request, with or without a port.</param>
    public bool Allows(HostString host)
    {
        // A parser's view of "[::1]:80" and "a:b:c" is one thing; what stands in the header is another: only what is a name or an address is compared.
        if (!host.HasValue || host.Host is not { Length: > 0 } name || Uri.CheckHostName(name.Trim('[', ']')) == UriHostNameType.Unknown)
        {
            return false;
        }

        if (IPAddress.TryParse(name.Trim('[', ']'), out var address))
        {
            return IPAddress.IsLoopback(address) || _allowsAddresses || _names.Any(n => IPAddress.TryParse(n.Trim('[', ']'), out var allowed) && allowed.Equals(address));
        }

        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || _names.Any(n => Matches(n, name));
    }

    private static bool Matches(string allowed, string name) =>
        allowed == "*" || allowed.Equals(name, StringComparison.OrdinalIgnoreCase)
        || (allowed.StartsWith("*.", StringComparison.Ordinal) && name.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase));
}
