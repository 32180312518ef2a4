using System.Globalization;

namespace Stepsize.Web.Views.Text;

/// <summary>Numbers in the addresses of pages. What is none is left out, as everything else of an address that cannot be understood.</summary>
internal static class AddressNumber
{
    /// <summary>An iteration or a count, from 1.</summary>
    public static int? Whole(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    /// <summary>The number of a sweep or a run.</summary>
    public static long? Id(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
