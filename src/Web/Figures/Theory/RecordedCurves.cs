using Stepsize.Web.Figures.Drawing;

namespace Stepsize.Web.Figures.Theory;

/// <summary>Loss and stepsize of every iteration of a run, and how they are drawn beside lines of theory: both axes logarithmic.</summary>
/// <param name="Loss">Before each step; of the whole set where the batch is the whole set.</param>
/// <param name="Stepsize">Of each step.</param>
public sealed record RecordedCurves(float[] Loss, float[] Stepsize)
{
    /// <summary>Points of a line: as many as a picture shows.</summary>
    private const int MostPoints = 300;

    /// <summary>How far below the recorded values and above them lines are followed.</summary>
    private const double Room = 100;

    /// <summary>Iterations recorded.</summary>
    public int Count => Math.Min(Loss.Length, Stepsize.Length);

    /// <summary>Iterations that are drawn, spread evenly over the logarithm.</summary>
    public IReadOnlyList<int> Drawn =>
        [.. Enumerable.Range(0, MostPoints).Select(i => (int)Math.Round(Math.Pow(Count, i / (MostPoints - 1.0)))).Distinct()];

    /// <summary>A line over the drawn iterations, broken where it has no positive finite value.</summary>
    /// <param name="value">By iteration, from 1.</param>
    public FigureLine Line(string label, int style, Func<int, double> value)
    {
        var stretches = new List<IReadOnlyList<FigurePoint>>();
        var stretch = new List<FigurePoint>();
        foreach (var iteration in Drawn)
        {
            if (value(iteration) is var v && double.IsFinite(v) && v > 0)
            {
                stretch.Add(new FigurePoint(iteration, v));
            }
            else if (stretch.Count > 0)
            {
                stretches.Add(stretch);
                stretch = [];
            }
        }

        if (stretch.Count > 0)
        {
            stretches.Add(stretch);
        }

        return new FigureLine(label, style, stretches, [], HasMarkers: false);
    }

    /// <param name="lines">The recorded one first: its range is the picture's, with room for the others.</param>
    /// <param name="whole">Whether the others are shown however far they are from it.</param>
    public LineFigure Figure(string title, IReadOnlyList<FigureLine> lines, IReadOnlyList<FigureMark> marks, bool whole = false)
    {
        double[] own = [.. lines[0].Stretches.SelectMany(s => s).Select(p => p.Y)];
        var (low, high) = whole || own.Length == 0 ? (0, double.PositiveInfinity) : (own.Min() / Room, own.Max() * Room);
        double[] all = [.. lines.SelectMany(l => l.Stretches).SelectMany(s => s).Select(p => p.Y).Where(y => y >= low && y <= high)];
        return new LineFigure
        {
            Title = title,
            Caption = "",
            Description = $"{title} by iteration with {string.Join(", ", lines.Skip(1).Select(l => l.Label))}; the numbers are in the list below",
            X = new FigureAxis("iteration", 1, Math.Max(2, Count), IsLogarithmic: true),
            Y = new FigureAxis(title, all.Length == 0 ? 0.1 : all.Min(), all.Length == 0 ? 10 : all.Max(), IsLogarithmic: true),
            Lines = [.. lines.Select(l => l with { Stretches = [.. l.Stretches.Select(s => (IReadOnlyList<FigurePoint>)[.. s.Where(p => p.Y >= low && p.Y <= high)]).Where(s => s.Count > 0)] })],
            Marks = marks,
        };
    }
}
