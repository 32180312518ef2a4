using System.Text.Json;

namespace Stepsize.Web.Views.Text;

/// <summary>Enumerations as addresses and answers write them: <c>NoProgress</c> is <c>no-progress</c>.</summary>
internal static class Words
{
    /// <summary>The policy of JSON answers.</summary>
    public static readonly JsonNamingPolicy Policy = JsonNamingPolicy.KebabCaseLower;

    public static string Of<T>(T value)
        where T : struct, Enum => Names<T>.All[value];

    /// <summary>Every value by its word.</summary>
    public static IReadOnlyDictionary<string, T> All<T>()
        where T : struct, Enum => Names<T>.ByWord;

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> All = Enum.GetValues<T>().ToDictionary(v => v, v => Policy.ConvertName(v.ToString()));

        public static readonly Dictionary<string, T> ByWord = All.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
    }
}
