using System.Globalization;
using Stepsize.Training.Papers;
using Stepsize.Training.Papers.Protocols;

namespace Stepsize.Web.Views.Text;

/// <summary>Numbers of published tables, with the decimals that the paper prints.</summary>
public static class PaperNumber
{
    private const string Minus = "−";

    /// <summary>As printed; <c>N/A</c> where there is no number.</summary>
    public static string Published(TableProtocol protocol, PublishedCell cell) => cell.Mean is { } mean ? Of(mean, Decimals(protocol, mean)) : "N/A";

    /// <summary>Ours; <c>div</c> where every run diverged.</summary>
    public static string Ours(TableProtocol protocol, double value) => double.IsNaN(value) ? "div" : Of(value, protocol.Decimals);

    /// <summary>A half-width or deviation.</summary>
    public static string Spread(TableProtocol protocol, double value) => Of(value, protocol.Decimals);

    /// <summary>With its sign: <c>+0.12</c>, <c>−0.12</c>, <c>0.00</c>.</summary>
    public static string Difference(TableProtocol protocol, double value)
    {
        var text = Of(value, protocol.Decimals);
        return value > 0 && text.Any(c => c is >= '1' and <= '9') ? "+" + text : text;
    }

    /// <summary>The unit after a number, with its space; empty where the number stands alone.</summary>
    public static string Unit(TableUnit unit) => unit switch
    {
        TableUnit.Percent => " %",
        TableUnit.Epochs => " epochs",
        _ => "",
    };

    /// <summary>One finer number among the table's, or a mean of epochs, keeps all its digits.</summary>
    private static int Decimals(TableProtocol protocol, double value)
    {
        var digits = value.ToString("R", CultureInfo.InvariantCulture);
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var own = point < 0 || digits.Contains('E', StringComparison.Ordinal) ? 0 : digits.Length - point - 1;
        return protocol.Table.Unit == TableUnit.Epochs ? own : Math.Max(protocol.Decimals, own);
    }

    private static string Of(double value, int decimals)
    {
        var text = Math.Abs(value).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return value < 0 && text.Any(c => c is >= '1' and <= '9') ? Minus + text : text;
    }
}
