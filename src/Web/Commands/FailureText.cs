using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Stepsize.Web.Commands;

/// <summary>A failure that is not the input's fault, as one sentence that says what to do.</summary>
internal static class FailureText
{
    private const int DiskFull = unchecked((int)0x80070070);
    private const int DiskFullUnix = 28;

    public static string Of(Exception e) => e switch
    {
        IOException { InnerException: AddressInUseException } =>
            $"{Address(e)} is in use; stop the program that uses it, or choose another port with --urls http://127.0.0.1:5081.",
        SocketException { SocketErrorCode: SocketError.AccessDenied } =>
            "The system does not let this program listen on that port; choose one above 1023 with --urls http://127.0.0.1:5080.",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } or IOException { InnerException: SocketException { SocketErrorCode: SocketError.AddressNotAvailable } } =>
            "This machine does not have the address that --urls names; use http://127.0.0.1:5080 for this machine alone.",
        IOException { HResult: DiskFull or DiskFullUnix } => $"The disk is full ({e.Message}); free some space and try again.",
        UnauthorizedAccessException => $"{Sentence(e.Message)} Change the permissions, or choose another place with --db or --out.",
        IOException => $"{Sentence(e.Message)} Check the path, or choose another place with --db or --out.",
        AggregateException { InnerException: { } inner } => Of(inner),
        _ => $"Unexpected failure, {e.GetType().Name}: {Sentence(e.Message)} Set {CommandLine.TraceVariable}=1 to see where.",
    };

    /// <summary>The server's message is "Failed to bind to address http://127.0.0.1:5080: address already in use."</summary>
    private static string Address(Exception e) =>
        e.Message.Split(' ').FirstOrDefault(word => word.Contains("://", StringComparison.Ordinal))?.TrimEnd(':') ?? "The address";

    private static string Sentence(string message) => message.EndsWith('.') ? message : message + ".";
}
