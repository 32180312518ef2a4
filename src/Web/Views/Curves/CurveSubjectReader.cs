using Stepsize.Data.Selections;
using Stepsize.Training.Faults;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Views.Curves;

/// <summary>Finds the runs that an address names.</summary>
public sealed class CurveSubjectReader(ISelectionStore selections)
{
    /// <summary>Lines that a chart can still show and a browser draws without delay.</summary>
    public const int MostRuns = 1000;

    /// <exception cref="InvalidInputException">There are none, or too many; says what to do.</exception>
    public async Task<CurveSubject> ReadAsync(CurveQuery query, CancellationToken cancellation)
    {
        var selection = await FindAsync(query, cancellation);
        if (selection.Count > MostRuns)
        {
            throw new InvalidInputException(
                "", $"These are {NumberText.Whole(selection.Count)} runs, and at most {NumberText.Whole(MostRuns)} can be drawn together. "
                + "Choose one optimizer (row=0), one value (value=0.1) or fewer runs (runs=1-1000).");
        }

        var sweeps = await selections.ReadAsync(selection, cancellation);
        var found = sweeps.Sum(s => s.Runs.Count);
        if (found == 0)
        {
            throw new InvalidInputException("", selection.Count == 1 ? "This run does not exist; it may have been deleted." : "None of these runs exists; they may have been deleted.");
        }

        return CurveSubject.Of(sweeps, selection.Count - found, query.Over);
    }

    private async Task<RunSelection> FindAsync(CurveQuery query, CancellationToken cancellation)
    {
        if (query.Selection is { } id)
        {
            return await selections.FindAsync(id, cancellation)
                ?? throw new InvalidInputException("s", "This selection is not known here. Copy the whole address, or select the runs again on their sweep's page.");
        }

        if (query.Runs is { } runs)
        {
            return runs;
        }

        return await selections.OfSweepAsync(query.Sweep!.Value, query.Row, query.Value, cancellation)
            ?? throw new InvalidInputException(
                "sweep", $"Sweep {query.Sweep} has no such runs{(query.Row is { } row ? $" (row {row}{(query.Value is { } v ? $", value {NumberText.Axis(v)}" : "")})" : "")}; it may have been deleted.");
    }
}
