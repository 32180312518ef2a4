using System.Globalization;
using System.Text.Json.Nodes;
using Stepsize.Training.Optimizers;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Forms;

/// <summary>One optimizer whose trajectory is drawn, as typed.</summary>
public sealed class TrackDraft
{
    /// <summary>One of the few marks that an address carries as they are, and that is in no value that is allowed.</summary>
    private const char Separator = '~';

    /// <summary>Initial stepsize of a track that is begun: the first one of Zhang et al. 2019, section 10.7.</summary>
    private const double FirstStepsize = 0.4;

    public TrackDraft(OptimizerDefinition optimizer)
    {
        Optimizer = optimizer;
        Options = new OptionDraft(optimizer.Options);
        SetAxis(optimizer.Axes[0]);
    }

    /// <summary>Stays the same while the track is edited.</summary>
    public Guid Key { get; } = Guid.NewGuid();

    public OptimizerDefinition Optimizer { get; }

    public RobustnessAxis Axis { get; private set; }

    /// <summary>Of b₀ or lr.</summary>
    public string Value { get; set; } = "";

    public OptionDraft Options { get; }

    /// <summary>Smallest and largest power of ten of the slider: η/b₀ or lr from useless to divergent on the quadratics that are drawn.</summary>
    public (int Low, int High) Exponents => Axis == RobustnessAxis.B0 ? (-3, 4) : (-4, 3);

    /// <summary>Where the slider stands: the logarithm of the value; the nearest end where the value is past it, or no number.</summary>
    public double Exponent =>
        double.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0
            ? Math.Clamp(Math.Log10(value), Exponents.Low, Exponents.High)
            : Exponents.Low;

    /// <summary>
    /// Reads what <see cref="ToText"/> writes, such as <c>adagrad-norm~b0~2.5~granularity~layer</c>; null where there is no such optimizer. Names that it does not know
    /// are left out, and values are checked later, with the rest.
    /// </summary>
    public static TrackDraft? Parse(string? text)
    {
        var parts = (text ?? "").Split(Separator, StringSplitOptions.TrimEntries);
        if (OptimizerRegistry.Find(parts[0]) is not { } optimizer)
        {
            return null;
        }

        var track = new TrackDraft(optimizer);
        for (var i = 1; i + 1 < parts.Length; i += 2)
        {
            var (name, value) = (parts[i], parts[i + 1]);
            if (RobustnessAxisName.Parse(name) is { } axis && optimizer.Axes.Contains(axis))
            {
                track.Axis = axis;
                track.Value = value;
            }
            else if (optimizer.Options.Any(o => o.Id == name))
            {
                track.Options[name] = value;
            }
        }

        return track;
    }

    /// <summary>For the address: the optimizer, the value and the options that differ from their defaults.</summary>
    public string ToText()
    {
        var untouched = new OptionDraft(Optimizer.Options);
        var options = Optimizer.Options.Where(o => Options[o.Id] != untouched[o.Id]).SelectMany(o => new[] { o.Id, Escaped(Options[o.Id]) });
        return string.Join(Separator, [Optimizer.Id, RobustnessAxisName.Of(Axis), Escaped(Value), .. options]);
    }

    /// <summary>With the value that begins with the same stepsize as other tracks do.</summary>
    public void SetAxis(RobustnessAxis axis)
    {
        Axis = axis;
        Value = (axis == RobustnessAxis.B0 ? 1 / FirstStepsize : FirstStepsize).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Takes the slider's position; the value gets three digits.</summary>
    public void SetExponent(double exponent) => Value = NumberText.Axis(Math.Pow(10, exponent));

    /// <summary>As a row of a sweep.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["id"] = Optimizer.Id, ["axis"] = RobustnessAxisName.Of(Axis), ["values"] = new JsonArray(DraftText.Number(Value)) };
        if (Options.ToJson() is { Count: > 0 } options)
        {
            json["options"] = options;
        }

        return json;
    }

    private static string Escaped(string text) => text.Replace(Separator, ' ');
}
