using System.Buffers.Text;
using System.Security.Cryptography;

namespace Stepsize.Web.Reports;

/// <summary>The secret in a report's link. From the system's cryptographic generator: chance that anybody could repeat would be no secret.</summary>
public static class ReportToken
{
    /// <summary>192 bits: nobody finds one of them by trying.</summary>
    public const int Bytes = 24;

    /// <summary>Letters, digits, hyphens and underscores.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The path of a link.</summary>
    public static string Path(string token) => "r/" + token;
}
