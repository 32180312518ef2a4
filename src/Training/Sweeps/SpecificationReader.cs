using System.Text.Json.Nodes;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Options;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Sweeps;

/// <summary>Reads a sweep specification and reports every fault at once: the one place where what people ask for is checked.</summary>
public static class SpecificationReader
{
    private const int MaximumLength = 100_000_000;

    internal const int MaximumNameLength = 200;

    /// <summary>What a person gives.</summary>
    /// <exception cref="InvalidInputException">The text is not JSON, or anything in it is not allowed; names every fault.</exception>
    public static SweepSpecification Parse(string text)
    {
        SpecificationLimits.CheckText(text);
        return Read(ParseObject(text));
    }

    /// <summary>
    /// Reads a specification that a database has kept, perhaps since before some of the options were there: what it lacks means what was computed then, not
    /// what is the default now; where it says nothing of moments, its runs are measured at their end alone. How large it may be is not asked again, for
    /// limits may be lower now.
    /// </summary>
    /// <exception cref="InvalidInputException">The text is not JSON, or anything in it is not allowed; names every fault.</exception>
    public static SweepSpecification ParseStored(string text) => Read(ParseObject(text), isStored: true);

    /// <summary>Reads what somebody asks for. Where it says nothing of moments, runs are measured about ten times on their way; an empty list asks for their end alone.</summary>
    /// <exception cref="InvalidInputException">Anything is not allowed; names every fault.</exception>
    public static SweepSpecification Read(JsonObject json)
    {
        SpecificationLimits.CheckLists(json);
        return Read(json, isStored: false);
    }

    private static JsonObject ParseObject(string text) => StrictJson.Parse(text) as JsonObject
        ?? throw new InvalidInputException("", "A sweep specification is a JSON object: { \"name\": …, \"workload\": …, \"optimizers\": [ … ] }.");

    private static SweepSpecification Read(JsonObject json, bool isStored)
    {
        var faults = new FaultList();
        var fields = new JsonFields(json, "", faults);
        var name = ReadName(fields, isStored, faults);

        var workload = ReadWorkload(fields, faults);
        var workloadOptions = OptionSet.Resolve(workload?.Options ?? [], workload is null ? null : fields.Object("workloadOptions"), "workloadOptions", faults, isStored);
        _ = fields.Node("workloadOptions");
        var grids = ReadGrids(fields, faults, isStored);
        var seeds = fields.WholeNumbers("seeds", "seed", 0, int.MaxValue) ?? [0];
        var batchSize = fields.Whole("batchSize", 1, int.MaxValue) ?? workload?.DefaultBatchSize ?? 1;
        var iterations = fields.Whole("iterations", 1, MaximumLength);
        var epochs = fields.Whole("epochs", 1, MaximumLength);
        if (fields.Has("epochs") && fields.Has("iterations"))
        {
            faults.Add("iterations", "stands beside epochs; give one of the two.");
        }

        if (!fields.Has("epochs") && !fields.Has("iterations"))
        {
            epochs = workload?.DefaultEpochs ?? 1;
        }

        var record = ReadRecord(fields, faults);
        var sweep = new SweepSpecification
        {
            Name = name ?? "",
            Workload = workload!,
            WorkloadOptions = workloadOptions,
            Optimizers = grids,
            Seeds = seeds,
            BatchSize = batchSize,
            Epochs = epochs,
            Iterations = iterations,
            EvaluateAtEpochs = fields.WholeNumbers("evaluateAtEpochs", "epoch", 1, MaximumLength, mayBeEmpty: true)?.Order().ToArray() ?? [],
            EvaluateAtIterations = fields.WholeNumbers("evaluateAtIterations", "iteration", 1, MaximumLength, mayBeEmpty: true)?.Order().ToArray() ?? [],
            StopWhenDiverged = fields.Flag("stopWhenDiverged") ?? true,
            RecordIterates = record == RecordedExtra.Iterates,
            RecordLayers = record == RecordedExtra.Layers,
        };
        fields.RefuseUnknown();
        if (faults.Count == 0)
        {
            SpecificationChecks.Check(sweep, isStored, faults);
        }

        faults.ThrowIfAny();
        return !isStored && !fields.Has("evaluateAtEpochs") && !fields.Has("evaluateAtIterations")
            ? DefaultMoments.AddTo(sweep, sweep.Workload.Measure(sweep.WorkloadOptions))
            : sweep;
    }

    private static string? ReadName(JsonFields fields, bool isStored, FaultList faults)
    {
        var name = fields.Text("name", required: true);
        if (isStored)
        {
            // Names were once taken as they were.
            return name is null ? null : HiddenMarks.Without(name);
        }

        if (name is not null && HiddenMarks.FaultIn(name) is { } hidden)
        {
            faults.Add("name", hidden);
        }

        if (name?.Length > MaximumNameLength)
        {
            faults.Add("name", $"has {name.Length} characters; give at most {MaximumNameLength}.");
        }

        if (name?.Any(char.IsControl) == true)
        {
            faults.Add("name", "holds a line break or another control character; give one line of text.");
        }

        return name;
    }

    private static Workload? ReadWorkload(JsonFields fields, FaultList faults)
    {
        var id = fields.Text("workload", required: true);
        var workload = WorkloadRegistry.Find(id);
        if (id is not null && workload is null)
        {
            faults.Add("workload", $"\"{id}\" is unknown;{NearestName.Question(id, WorkloadRegistry.All.Select(w => w.Id))} allowed: {string.Join(", ", WorkloadRegistry.All.Select(w => w.Id))}.");
        }

        return workload;
    }

    private static string? ReadRecord(JsonFields fields, FaultList faults)
    {
        var record = fields.Text("record");
        if (record is not null and not RecordedExtra.Iterates and not RecordedExtra.Layers)
        {
            faults.Add("record", $"\"{record}\" is not allowed; give \"{RecordedExtra.Iterates}\", \"{RecordedExtra.Layers}\" or leave it out.");
        }

        return record;
    }

    private static List<OptimizerGrid> ReadGrids(JsonFields fields, FaultList faults, bool isStored)
    {
        var grids = new List<OptimizerGrid>();
        var list = fields.List("optimizers", "optimizer", required: true);
        for (var i = 0; i < (list?.Count ?? 0); i++)
        {
            if (list![i] is not JsonObject item)
            {
                faults.Add($"optimizers[{i}]", $"{Quoted.Json(list[i])} is not allowed; give an object with id and values.");
            }
            else if (GridReader.Read(item, $"optimizers[{i}]", faults, isStored) is { } grid)
            {
                grids.Add(grid);
            }
        }

        return grids;
    }
}
