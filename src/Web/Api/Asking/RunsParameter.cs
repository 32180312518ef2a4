using System.Globalization;
using Microsoft.OpenApi;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Api.Asking;

/// <summary>A selection of runs by number, with ranges: <c>1-100,205</c>.</summary>
internal sealed record RunsParameter(string Name, string Description) : QueryParameter<IReadOnlyList<long>>(Name, Description)
{
    /// <summary>Most runs of a selection.</summary>
    public const int Most = 10_000;

    public override bool IsList => true;

    public override OpenApiSchema Schema => new() { Type = JsonSchemaType.String, Pattern = @"^\d+(-\d+)?(,\d+(-\d+)?)*$" };

    /// <exception cref="InvalidInputException">It is left out.</exception>
    public static IReadOnlyList<long> Required(ApiQuery query, RunsParameter parameter) =>
        query.Get(parameter) ?? throw new InvalidInputException(parameter.Name, "is missing; give numbers of runs like 1-100,205.");

    public override IReadOnlyList<long>? Read(string text, FaultList faults)
    {
        var runs = new List<long>();
        var before = faults.Count;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!TryReadRange(part, out var first, out var last))
            {
                faults.Add(Name, $"\"{Quoting.Short(part)}\" is no run; give numbers and ranges like 1-100,205.");
            }
            else if (last - first >= Most - runs.Count)
            {
                faults.Add(Name, $"names more than {Most} runs; ask for them in several requests, or for a sweep's at /api/sweeps/{{id}}/metrics.csv.");
                break;
            }
            else
            {
                runs.AddRange(Enumerable.Range(0, (int)(last - first + 1)).Select(i => first + i));
            }
        }

        return faults.Count == before ? [.. runs.Distinct()] : null;
    }

    private static bool TryReadRange(string text, out long first, out long last)
    {
        var ends = text.Split('-');
        last = 0;
        return long.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out first)
            && ends.Length <= 2
            && long.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out last)
            && first <= last;
    }
}
