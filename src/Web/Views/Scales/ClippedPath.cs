using System.Text;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Views.Scales;

/// <summary>A rectangle of a drawing, in its units; y grows downwards.</summary>
internal readonly record struct DrawingBox(double Left, double Top, double Right, double Bottom)
{
    public bool Contains(double x, double y) => x >= Left && x <= Right && y >= Top && y <= Bottom;
}

/// <summary>Where a path leaves its box.</summary>
/// <param name="Angle">Direction it goes, in degrees clockwise from the right.</param>
internal readonly record struct PathExit(double X, double Y, double Angle);

/// <summary>
/// A path cut at the sides of a box: divergent trajectories reach 1e300, where SVG's own clipping, in single precision, draws nothing or anything.
/// </summary>
internal sealed class ClippedPath
{
    /// <summary>Differences and products of larger coordinates could overflow.</summary>
    private const double LargestCoordinate = 1e150;

    private readonly List<string> _stretches = [];
    private readonly List<PathExit> _exits = [];
    private readonly List<(double X, double Y)> _points = [];
    private readonly StringBuilder _open = new();

    private ClippedPath()
    {
    }

    /// <summary>Connected parts inside the box, as the points of an SVG polyline.</summary>
    public IReadOnlyList<string> Stretches => _stretches;

    /// <summary>Corners inside the box.</summary>
    public IReadOnlyList<(double X, double Y)> Points => _points;

    public IReadOnlyList<PathExit> Exits => _exits;

    /// <param name="points">The path's corners; it ends before the first that is not finite.</param>
    public static ClippedPath Of(IEnumerable<(double X, double Y)> points, DrawingBox box)
    {
        var path = new ClippedPath();
        (double X, double Y)? before = null;
        foreach (var point in points)
        {
            if (!(Math.Abs(point.X) <= LargestCoordinate && Math.Abs(point.Y) <= LargestCoordinate))
            {
                break;
            }

            if (box.Contains(point.X, point.Y))
            {
                path._points.Add(point);
            }

            if (before is { } from)
            {
                path.Segment(from, point, box);
            }

            before = point;
        }

        path.Close();
        return path;
    }

    /// <summary>Adds what of a segment is inside (Liang and Barsky's method: each side cuts the parameter's interval).</summary>
    private void Segment((double X, double Y) from, (double X, double Y) to, DrawingBox box)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var (enters, leaves) = (0.0, 1.0);
        var isInside = Cut(-dx, from.X - box.Left, ref enters, ref leaves) && Cut(dx, box.Right - from.X, ref enters, ref leaves)
            && Cut(-dy, from.Y - box.Top, ref enters, ref leaves) && Cut(dy, box.Bottom - from.Y, ref enters, ref leaves);
        if (!isInside)
        {
            Close();
            return;
        }

        if (enters > 0)
        {
            Close();
        }

        if (_open.Length == 0)
        {
            Append(from.X + (enters * dx), from.Y + (enters * dy));
        }

        var end = (X: from.X + (leaves * dx), Y: from.Y + (leaves * dy));
        Append(end.X, end.Y);
        if (leaves < 1)
        {
            _exits.Add(new PathExit(end.X, end.Y, Math.Atan2(dy, dx) * 180 / Math.PI));
            Close();
        }
    }

    private static bool Cut(double slope, double distance, ref double enters, ref double leaves)
    {
        if (slope == 0)
        {
            return distance >= 0;
        }

        var at = distance / slope;
        if (slope < 0)
        {
            enters = Math.Max(enters, at);
        }
        else
        {
            leaves = Math.Min(leaves, at);
        }

        return enters <= leaves;
    }

    private void Append(double x, double y) => _open.Append(NumberText.Css(x)).Append(',').Append(NumberText.Css(y)).Append(' ');

    private void Close()
    {
        if (_open.Length > 0)
        {
            _stretches.Add(_open.ToString());
            _open.Clear();
        }
    }
}
