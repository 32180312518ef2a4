using Microsoft.AspNetCore.Components;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Faults;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Training.Sweeps;
using Stepsize.Web.Components.Shared;
using Stepsize.Web.Jobs;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Forms;

/// <summary>Launches what is shown, nothing else: the plan stays as it was when the page was opened, whatever else finishes meanwhile.</summary>
public sealed partial class LaunchPreview
{
    private TimeSpan? _duration;
    private bool _working;
    private string? _fault;

    [Inject]
    public required ISweepLauncher Launcher { get; init; }

    [Inject]
    public required ISweepStore Store { get; init; }

    [Inject]
    public required DurationEstimator Estimator { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Parameter, EditorRequired]
    public required LaunchPlan Plan { get; set; }

    /// <summary>Where to go without launching.</summary>
    [Parameter, EditorRequired]
    public required string Back { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var (duration, isKnown) = (TimeSpan.Zero, Plan.RunCount > 0);
        foreach (var sweep in Plan.Sweeps)
        {
            var estimate = Estimator.Of(sweep, await Estimator.PaceAsync(sweep, Store, Leaving));
            duration += estimate.Span;
            isKnown &= estimate.IsKnown;
        }

        _duration = isKnown ? duration : null;
    }

    private static string Length(SweepSpecification sweep) =>
        sweep.Epochs is { } epochs ? $"{NumberText.Whole(epochs)} epochs" : $"{NumberText.Whole(sweep.Iterations!.Value)} iterations";

    private static string Seeds(SweepSpecification sweep) =>
        sweep.Seeds.Count > 1 && sweep.Seeds[^1] - sweep.Seeds[0] == sweep.Seeds.Count - 1 ? $"{sweep.Seeds[0]} to {sweep.Seeds[^1]}" : string.Join(", ", sweep.Seeds);

    private async Task LaunchAsync()
    {
        if (_working)
        {
            return;
        }

        (_working, _fault) = (true, null);
        try
        {
            var launched = new List<long>();
            foreach (var sweep in Plan.Sweeps)
            {
                // Not cancelled by leaving the page: half a table would be launched.
                launched.Add(await Launcher.LaunchAsync(sweep, CancellationToken.None));
            }

            // Still working until the page is left: a second click may be waiting already.
            Navigation.NavigateTo(launched.Count == 1 ? $"sweeps/{launched[0]}" : "");
        }
        catch (Exception e)
        {
            _working = false;
            if (e is not InvalidInputException)
            {
                throw;
            }

            _fault = e.Message;
        }
    }
}
