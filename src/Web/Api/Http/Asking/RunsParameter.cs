using Microsoft.OpenApi;
using Stepsize.Data.Selections;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Api.Http.Asking;

/// <summary>A selection of runs by number, with stretches: <c>1-100,205</c>.</summary>
internal sealed record RunsParameter(string Name, string Description) : QueryParameter<RunSelection>(Name, Description)
{
    /// <summary>Most runs of a selection.</summary>
    public const int Most = 10_000;

    public override bool IsList => true;

    public override OpenApiSchema Schema => new() { Type = JsonSchemaType.String, Pattern = @"^\d+(-\d+)?(,\d+(-\d+)?)*$" };

    public override RunSelection? Read(string text, FaultList faults)
    {
        try
        {
            var selection = RunSelection.Parse(text);
            if (selection.Count <= Most)
            {
                return selection;
            }

            faults.Add(Name, $"names {selection.Count} runs; give at most {Most}, or ask for a sweep's at /api/sweeps/{{id}}/metrics.csv.");
        }
        catch (InvalidInputException e)
        {
            foreach (var fault in e.Faults)
            {
                faults.Add(Name, fault.Message);
            }
        }

        return null;
    }
}
