using Microsoft.AspNetCore.Components;
using Stepsize.Data.Metrics;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Analysis.Curves;
using Stepsize.Training.Faults;
using Stepsize.Training.Theory;
using Stepsize.Web.Views.Curves;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Theory;

namespace Stepsize.Web.Components.Sweep;

/// <summary>Effective stepsizes of one optimizer of a sweep. When they have merged is read once its runs are trained: every iteration of them is needed.</summary>
public sealed partial class StepsizePicture
{
    private CurveSubject? _subject;
    private FamilyMerging? _merging;
    private (long Sweep, int Row)? _read;

    [Parameter, EditorRequired]
    public required SweepView View { get; set; }

    /// <summary>Index of the optimizer.</summary>
    [Parameter]
    public int Row { get; set; }

    /// <summary>What theory knows of the problem; null where it is nothing.</summary>
    [Parameter]
    public TheoryFacts? Facts { get; set; }

    [Inject]
    public required CurveSubjectReader Subjects { get; init; }

    [Inject]
    public required MergingReader Merging { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private IReadOnlyList<(string Title, IReadOnlyList<double> Values)> Families =>
        [.. View.RowTitles.Select((title, row) => (title, View.Detail.Specification.Optimizers[row].Values))];

    private CurveQuery Query => new() { Sweep = View.Detail.Summary.Id, Row = Row, Column = MetricColumn.Stepsize, Over = SeedCenter.Mean, IsLogarithmic = true };

    private IEnumerable<RunRow> Runs => View.Detail.Runs.Where(r => r.Row == Row);

    private bool IsTrained => Runs.All(r => r.Status == RunStatus.Finished);

    /// <summary>Grows with what is recorded, so that the picture is drawn again.</summary>
    private long Version => IsTrained ? 0 : Runs.Sum(r => (long)r.Iterations);

    private IReadOnlyList<(string Title, string Address, bool IsCurrent)> Choices =>
        [.. Families.Select((f, row) => (f.Title, Navigation.GetUriWithQueryParameter("stepsizes", row == 0 ? null : row), row == Row))];

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var wanted = (View.Detail.Summary.Id, Row);
        if (_read == wanted || !IsTrained)
        {
            return;
        }

        (_read, _merging) = (wanted, null);
        try
        {
            var subject = await Subjects.ReadAsync(Query, Leaving);
            var mergings = await Merging.ReadAsync(subject, Leaving);
            if (_read == wanted)
            {
                (_subject, _merging) = (subject, mergings.Count > 0 ? mergings[0] : null);
                StateHasChanged();
            }
        }
        catch (InvalidInputException)
        {
            // More runs than are drawn together, or none any more: the picture says so itself.
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
        }
    }
}
