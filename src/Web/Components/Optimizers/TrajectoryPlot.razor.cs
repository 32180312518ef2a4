using Microsoft.AspNetCore.Components;
using Stepsize.Web.Views.Scales;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Optimizers;

/// <summary>The plane of f(x) = c₁ x₁² + c₂ x₂² with the trajectories over it, drawn on the server.</summary>
public sealed partial class TrajectoryPlot
{
    private const int Width = 760;
    private const int Height = 460;
    private const int Left = 44;
    private const int Right = Width - 10;
    private const int Top = 10;
    private const int Bottom = Height - 34;
    private const int ContourCount = 9;

    /// <summary>Arrows of a track that goes in and out: the first ones say it.</summary>
    private const int ExitsShown = 3;

    private readonly List<(int Series, ClippedPath Path)> _paths = [];
    private AxisScale _x = null!;
    private AxisScale _y = null!;
    private TrajectoryFrame _frame = null!;

    [Parameter, EditorRequired]
    public required IReadOnlyList<DrawnTrack> Tracks { get; set; }

    /// <summary>c₁ and c₂, greater than 0.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<double> Coefficients { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<double> Start { get; set; }

    private string Label =>
        $"Contours of {NumberText.Axis(Coefficients[0])} x₁² + {NumberText.Axis(Coefficients[1])} x₂² with the trajectories of "
        + $"{string.Join(", ", Tracks.Where(t => t.Trajectory is not null).Select(t => t.Draft.Optimizer.Title))}; the numbers are in the table of iterates";

    /// <summary>Half-axes of the contours, evenly spaced out to the corners: √f grows by the same from one to the next.</summary>
    private IEnumerable<(double X, double Y)> Contours
    {
        get
        {
            var corner = Math.Sqrt((Coefficients[0] * _frame.HalfWidth * _frame.HalfWidth) + (Coefficients[1] * _frame.HalfHeight * _frame.HalfHeight));
            for (var i = 1; i < ContourCount; i++)
            {
                var root = corner * i / ContourCount;
                yield return (root / Math.Sqrt(Coefficients[0]), root / Math.Sqrt(Coefficients[1]));
            }
        }
    }

    protected override void OnParametersSet()
    {
        _frame = TrajectoryFrame.Around(Start);
        _x = AxisScale.Linear(-_frame.HalfWidth, _frame.HalfWidth, Left, Right);
        _y = AxisScale.Linear(-_frame.HalfHeight, _frame.HalfHeight, Bottom, Top);
        _paths.Clear();
        for (var i = 0; i < Tracks.Count; i++)
        {
            if (Tracks[i].Trajectory is { } trajectory)
            {
                _paths.Add((i, ClippedPath.Of(trajectory.Iterates.Select(x => (_x.At(x[0]), _y.At(x[1]))), new DrawingBox(Left, Top, Right, Bottom))));
            }
        }
    }

    private static string P(double position) => NumberText.Css(position);
}
