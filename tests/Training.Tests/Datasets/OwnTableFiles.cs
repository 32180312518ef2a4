using System.Globalization;
using System.Text;
using Stepsize.Training.Randomness;

namespace Stepsize.Training.Tests.Datasets;

/// <summary>Small tables with y = 2 x1 − x2, as people's programs write them.</summary>
internal static class OwnTableFiles
{
    public const int Rows = 60;

    public static byte[] Plain(string header = "x1,x2,y", string tail = "", char point = '.', char separator = ',') =>
        Encoding.UTF8.GetBytes(Text(header, tail, point, separator));

    public static string Text(string header = "x1,x2,y", string tail = "", char point = '.', char separator = ',', string lineEnd = "")
    {
        var provider = new NumberFormatInfo { NumberDecimalSeparator = point.ToString() };
        var random = new RandomStream(11, RandomPurpose.Data);
        var text = new StringBuilder(header.Length == 0 ? "" : header + "\n");
        for (var i = 0; i < Rows; i++)
        {
            var (a, b) = (Math.Round(random.NextNormal(), 2), Math.Round(random.NextNormal(), 3));
            text.Append(provider, $"{a:0.00#}{separator}{b:0.000}{separator}{(2 * a) - b:0.000}{lineEnd}\n");
        }

        return text.Append(tail).ToString();
    }
}
