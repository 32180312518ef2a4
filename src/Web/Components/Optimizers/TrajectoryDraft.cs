using System.Globalization;
using System.Text.Json.Nodes;
using Stepsize.Training.Datasets;
using Stepsize.Training.Execution;
using Stepsize.Training.Options;
using Stepsize.Training.Workloads;
using Stepsize.Web.Components.Forms;

namespace Stepsize.Web.Components.Optimizers;

/// <summary>What the drawing of trajectories shows, as typed: up to three optimizers on one two-dimensional quadratic. The page's address holds all of it.</summary>
public sealed class TrajectoryDraft
{
    public const int MaximumTracks = 3;
    public const int MaximumSteps = 200;
    public const int DefaultSteps = 20;

    /// <summary>The result that Zhang et al. 2019 print in section 10.7.</summary>
    private const string Published = "adagrad-coordinate~lr~0.4~epsilon_inside~true";

    private static readonly Workload Quadratic = WorkloadRegistry.Find("quadratic-2d")!;

    /// <summary>All but the precision: a picture is drawn in double.</summary>
    private static readonly OptionDefinition[] Drawn = [.. Quadratic.Options.Where(o => o.Id != Precision.Id)];

    public List<TrackDraft> Tracks { get; } = [];

    public int Steps { get; set; } = DefaultSteps;

    /// <summary>Coefficients and start.</summary>
    public OptionDraft Problem { get; } = new(Drawn);

    /// <summary>Reads an address; what it does not say, or says in a way that cannot be read, is as at first.</summary>
    public static TrajectoryDraft Of(IEnumerable<string>? tracks, string? steps, string? coefficients, string? start)
    {
        var count = int.TryParse(steps, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : DefaultSteps;
        var draft = new TrajectoryDraft { Steps = Math.Clamp(count, 1, MaximumSteps) };
        draft.Tracks.AddRange((tracks ?? []).Select(TrackDraft.Parse).OfType<TrackDraft>().Take(MaximumTracks));
        if (draft.Tracks.Count == 0)
        {
            draft.Tracks.Add(TrackDraft.Parse(Published)!);
        }

        draft.Problem["coefficients"] = coefficients ?? draft.Problem["coefficients"];
        draft.Problem["start"] = start ?? draft.Problem["start"];
        return draft;
    }

    /// <summary>The address's parameters; null for what is as at first.</summary>
    public IReadOnlyDictionary<string, object?> ToQuery()
    {
        var untouched = new OptionDraft(Drawn);
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["track"] = Tracks.Select(t => t.ToText()).ToArray(),
            ["steps"] = Steps == DefaultSteps ? null : Steps,
            ["coefficients"] = Problem["coefficients"] == untouched["coefficients"] ? null : Problem["coefficients"],
            ["start"] = Problem["start"] == untouched["start"] ? null : Problem["start"],
        };
    }

    /// <summary>Every track by itself, so that a fault in one leaves the others drawn.</summary>
    public IReadOnlyList<DrawnTrack> Draw() => [.. Tracks.Select(Draw)];

    private DrawnTrack Draw(TrackDraft track)
    {
        var json = new JsonObject
        {
            ["name"] = "trajectory",
            ["workload"] = Quadratic.Id,
            ["workloadOptions"] = Problem.ToJson(),
            ["optimizers"] = new JsonArray(track.ToJson()),
            ["seeds"] = new JsonArray(0),
            ["batchSize"] = 1,
            ["iterations"] = Steps,
        };
        var check = CheckedDraft.OfText(json.ToJsonString());
        if (check.Sweep is not { } sweep)
        {
            return new DrawnTrack(track, check, null);
        }

        // No data set is read: the problem is a formula.
        var problem = (Problem<double>)Quadratic.Prepare(sweep.WorkloadOptions, new DatasetFolders([]));
        return new DrawnTrack(track, check, OptimizerTrajectory.Of(problem, sweep.Expand().Single()));
    }
}

/// <summary>A track with its trajectory, or with what is wrong with it.</summary>
public sealed record DrawnTrack(TrackDraft Draft, CheckedDraft Check, OptimizerTrajectory? Trajectory);
