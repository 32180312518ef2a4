using System.Globalization;
using System.Text.Json.Nodes;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;

namespace Stepsize.Web.Components.Forms;

/// <summary>The form of a new sweep, as typed. It checks nothing itself but ranges: the specification's reader does, as for files.</summary>
public sealed class SweepDraft
{
    /// <summary>What stands where runs are measured at their end alone.</summary>
    public const string OnlyTheEnd = "end";

    private Workload _workload;

    public SweepDraft(Workload workload)
    {
        _workload = workload;
        WorkloadOptions = new OptionDraft(workload.Options);
        Name = workload.Title;
        TakeDefaults();
    }

    public string Name { get; set; }

    public Workload Workload => _workload;

    public OptionDraft WorkloadOptions { get; private set; }

    public List<RowDraft> Rows { get; } = [];

    public string Seeds { get; set; } = "0";

    public string BatchSize { get; set; } = "";

    /// <summary>Whether <see cref="Length"/> counts iterations rather than epochs.</summary>
    public bool ByIterations { get; set; }

    public string Length { get; set; } = "";

    /// <summary>Numbers; empty, like <see cref="EvaluateAtIterations"/>, for moments by default; <see cref="OnlyTheEnd"/> for none on the way.</summary>
    public string EvaluateAtEpochs { get; set; } = "";

    public string EvaluateAtIterations { get; set; } = "";

    public bool StopWhenDiverged { get; set; } = true;

    /// <summary>What is kept besides the columns of every iteration: a word of <see cref="RecordedExtra"/>, or nothing.</summary>
    public string Record { get; set; } = "";

    /// <summary>What the form shows first: two optimizers that differ as much as can be.</summary>
    public static SweepDraft Default()
    {
        var draft = new SweepDraft(WorkloadRegistry.Find("mnist-fulconn2") ?? WorkloadRegistry.All[0]);
        foreach (var optimizer in new[] { "adagrad-norm", "sgd-constant" }.Select(OptimizerRegistry.Find).OfType<OptimizerDefinition>())
        {
            draft.Rows.Add(new RowDraft(optimizer));
        }

        return draft;
    }

    public static SweepDraft Of(SweepSpecification sweep)
    {
        var draft = new SweepDraft(sweep.Workload)
        {
            Name = sweep.Name,
            Seeds = Numbers(sweep.Seeds),
            BatchSize = sweep.BatchSize.ToString(CultureInfo.InvariantCulture),
            ByIterations = sweep.Iterations is not null,
            Length = (sweep.Iterations ?? sweep.Epochs!.Value).ToString(CultureInfo.InvariantCulture),
            EvaluateAtEpochs = sweep.Epochs is not null && HasNoMoments(sweep) ? OnlyTheEnd : Numbers(sweep.EvaluateAtEpochs),
            EvaluateAtIterations = sweep.Epochs is null && HasNoMoments(sweep) ? OnlyTheEnd : Numbers(sweep.EvaluateAtIterations),
            StopWhenDiverged = sweep.StopWhenDiverged,
            Record = sweep.RecordIterates ? RecordedExtra.Iterates : sweep.RecordLayers ? RecordedExtra.Layers : "",
        };
        draft.WorkloadOptions.Set(sweep.WorkloadOptions);
        draft.Rows.AddRange(sweep.Optimizers.Select(RowDraft.Of));
        return draft;
    }

    /// <summary>Another workload, with its own options and defaults; the name follows unless it was changed.</summary>
    public void Choose(Workload workload)
    {
        if (Name == _workload.Title || Name.Trim().Length == 0)
        {
            Name = workload.Title;
        }

        _workload = workload;
        WorkloadOptions = new OptionDraft(workload.Options);
        TakeDefaults();
    }

    /// <param name="faults">Gets what the form alone can see.</param>
    public JsonObject ToJson(FaultList faults)
    {
        var json = new JsonObject { ["name"] = Name, ["workload"] = Workload.Id };
        if (WorkloadOptions.ToJson() is { Count: > 0 } options)
        {
            json["workloadOptions"] = options;
        }

        json["optimizers"] = new JsonArray([.. Rows.Select((row, index) => row.ToJson($"optimizers[{index}]", faults))]);
        json["seeds"] = DraftText.WholeNumbers(Seeds);
        json["batchSize"] = DraftText.Count(BatchSize);
        json[ByIterations ? "iterations" : "epochs"] = DraftText.Count(Length);
        AddList(json, "evaluateAtEpochs", EvaluateAtEpochs);
        AddList(json, "evaluateAtIterations", EvaluateAtIterations);
        if (!StopWhenDiverged)
        {
            json["stopWhenDiverged"] = false;
        }

        if (Record.Length > 0)
        {
            json["record"] = Record;
        }

        return json;
    }

    private static bool HasNoMoments(SweepSpecification sweep) => sweep.EvaluateAtEpochs.Count + sweep.EvaluateAtIterations.Count == 0;

    private static void AddList(JsonObject json, string field, string text)
    {
        if (text.Trim() == OnlyTheEnd)
        {
            json[field] = new JsonArray();
            return;
        }

        if (DraftText.WholeNumbers(text) is { Count: > 0 } list)
        {
            json[field] = list;
        }
    }

    private static string Numbers(IReadOnlyList<int> numbers) => string.Join(", ", numbers);

    private void TakeDefaults()
    {
        BatchSize = _workload.DefaultBatchSize.ToString(CultureInfo.InvariantCulture);
        ByIterations = false;
        Length = _workload.DefaultEpochs.ToString(CultureInfo.InvariantCulture);
        (EvaluateAtEpochs, EvaluateAtIterations) = ("", "");
    }
}
