using System.Globalization;
using Microsoft.AspNetCore.Components;
using Stepsize.Training.Execution;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Sweeps;
using Stepsize.Web.Components.Forms;
using Stepsize.Web.Views.Scales;

namespace Stepsize.Web.Components.Optimizers;

/// <summary>
/// The drawing with its fields. Its state is in the address. A component of its own, so that a moving slider renders it alone and not the page with
/// all optimizers.
/// </summary>
public sealed partial class TrajectoryTool
{
    private const string Coefficients = "coefficients";
    private const string Start = "start";

    private static readonly int[] UsualSteps = [20, 50, 100, TrajectoryDraft.MaximumSteps];

    /// <summary>Addresses on their way: a circuit hears of them later.</summary>
    private readonly Queue<string> _written = new();

    private string? _read;
    private TrajectoryDraft _draft = null!;
    private IReadOnlyList<DrawnTrack> _tracks = [];
    private SweepSpecification? _shown;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>What is drawn, one for each optimizer; see <see cref="TrackDraft.Parse"/>.</summary>
    [SupplyParameterFromQuery(Name = "track")]
    public string[]? Given { get; set; }

    [SupplyParameterFromQuery(Name = "steps")]
    public string? GivenSteps { get; set; }

    [SupplyParameterFromQuery(Name = Coefficients)]
    public string? GivenCoefficients { get; set; }

    [SupplyParameterFromQuery(Name = Start)]
    public string? GivenStart { get; set; }

    /// <summary>Whether the table of iterates is shown.</summary>
    [SupplyParameterFromQuery(Name = "table")]
    public string? GivenTable { get; set; }

    private bool HasTable => GivenTable == "true";

    private IEnumerable<int> StepChoices => UsualSteps.Append(_draft.Steps).Distinct().Order();

    protected override void OnParametersSet()
    {
        // An address of our own that arrives while the slider has moved on must not take it back.
        var query = new Uri(Navigation.Uri).Query;
        if (query == _read)
        {
            return;
        }

        _read = query;
        if (_written.Contains(query))
        {
            while (_written.Dequeue() != query)
            {
            }

            return;
        }

        _written.Clear();
        _draft = TrajectoryDraft.Of(Given, GivenSteps, GivenCoefficients, GivenStart);
        Redraw();
    }

    private void Redraw()
    {
        _tracks = _draft.Draw();
        _shown = _tracks.Select(t => t.Check.Sweep).FirstOrDefault(s => s is not null);
    }

    /// <param name="settled">False while a slider moves: the drawing follows, the address waits.</param>
    private void Changed(bool settled)
    {
        Redraw();
        if (settled)
        {
            WriteAddress(replace: true);
        }
    }

    private void Choose(int index, OptimizerDefinition optimizer)
    {
        _draft.Tracks[index] = new TrackDraft(optimizer);
        Redraw();
        WriteAddress(replace: false);
    }

    /// <summary>Begins with the first optimizer that is not there yet.</summary>
    private void Add()
    {
        var shown = _draft.Tracks.Select(t => t.Optimizer).ToHashSet();
        _draft.Tracks.Add(new TrackDraft(OptimizerRegistry.All.First(o => !shown.Contains(o))));
        Redraw();
        WriteAddress(replace: false);
    }

    private EventCallback RemovalOf(int index) => _tracks.Count == 1 ? default : EventCallback.Factory.Create(this, () =>
    {
        _draft.Tracks.RemoveAt(index);
        Redraw();
        WriteAddress(replace: false);
    });

    private void SetSteps(ChangeEventArgs e)
    {
        if (int.TryParse(e.Value?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var steps))
        {
            _draft.Steps = Math.Clamp(steps, 1, TrajectoryDraft.MaximumSteps);
            Changed(true);
        }
    }

    private void ToggleTable(ChangeEventArgs e) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("table", e.Value is true ? "true" : null), replace: true);

    private void WriteAddress(bool replace)
    {
        var address = Navigation.GetUriWithQueryParameters(new Uri(Navigation.Uri).GetLeftPart(UriPartial.Query), _draft.ToQuery());
        if (address != Navigation.Uri)
        {
            _written.Enqueue(new Uri(address).Query);
            Navigation.NavigateTo(address, replace: replace);
        }
    }

    private List<(int Series, IReadOnlyList<double> Values)> Lines(Func<OptimizerTrajectory, IReadOnlyList<double>> values) =>
        [.. _tracks.Index().Where(t => t.Item.Trajectory is not null).Select(t => (t.Index, values(t.Item.Trajectory!)))];
}
