using System.Globalization;
using System.Text;

namespace Stepsize.Web.Figures.Tables;

/// <summary>A heading as a name for programs: <c>first not finite</c> is <c>firstNotFinite</c>, <c>b₀</c> is <c>b0</c>, and <c>±</c> is <c>halfWidth</c>.</summary>
public static class ColumnName
{
    public static string Of(string title)
    {
        var spelled = title.Replace("±", " half width ", StringComparison.Ordinal).Replace("%", " percent ", StringComparison.Ordinal).Replace("−", " minus ", StringComparison.Ordinal);
        var name = new StringBuilder();
        var begins = false;
        foreach (var written in spelled)
        {
            var letter = written is >= '₀' and <= '₉' ? (char)('0' + (written - '₀')) : written;
            if (!char.IsLetterOrDigit(letter) && letter is not '.')
            {
                begins = name.Length > 0;
                continue;
            }

            name.Append(begins ? char.ToUpper(letter, CultureInfo.InvariantCulture) : name.Length == 0 ? char.ToLower(letter, CultureInfo.InvariantCulture) : letter);
            begins = false;
        }

        return name.Length == 0 ? title : name.ToString();
    }
}
