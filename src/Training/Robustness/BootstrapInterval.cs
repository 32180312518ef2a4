namespace Stepsize.Training.Robustness;

/// <summary>A 95% percentile interval over seeds drawn again; of width 0 where nothing scatters.</summary>
public readonly record struct BootstrapInterval(double Low, double High)
{
    /// <param name="values">One a draw; sorted in place. NaN where a draw has none.</param>
    /// <returns>Null where a draw has no value.</returns>
    public static BootstrapInterval? Of(double[] values)
    {
        if (values.Length == 0 || values.Any(double.IsNaN))
        {
            return null;
        }

        Array.Sort(values);
        // The ranks between which 95% of the draws lie. No value is between two ranks, so that infinities stay what they are.
        var tail = (int)(0.025 * values.Length);
        return new BootstrapInterval(values[tail], values[values.Length - 1 - tail]);
    }
}
