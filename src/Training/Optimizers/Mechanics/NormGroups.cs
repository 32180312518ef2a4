using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers.Mechanics;

/// <summary>A stretch of the flat parameters that shares one b.</summary>
/// <param name="Offset">First element.</param>
/// <param name="Length">Number of elements.</param>
/// <param name="Neuron">Index of the group with the incoming weights of the same neuron, whose squared norm counts too; −1 for none.</param>
internal readonly record struct NormGroup(int Offset, int Length, int Neuron);

/// <summary>
/// The groups of AdaGrad-Norm's three granularities (Ward, Wu and Bottou 2020, algorithm 1 and appendix B, and the authors' implementation).
/// </summary>
internal static class NormGroups
{
    /// <summary>Added to b before dividing, by the authors' implementation, which works by neurons.</summary>
    public const double NeuronGuard = 1e-10;

    /// <returns>The groups, in the order of the parameters, and what is added to b before dividing.</returns>
    public static (NormGroup[] Groups, double Guard) Of(ParameterLayout layout, string granularity) => Resolve(layout, granularity) switch
    {
        Granularity.Global => ([new NormGroup(0, layout.Length, -1)], 0),
        Granularity.Layer => ([.. layout.Segments.Select(s => new NormGroup(s.Offset, s.Length, -1))], 0),
        _ => ([.. Neurons(layout)], NeuronGuard),
    };

    private static string Resolve(ParameterLayout layout, string granularity) =>
        granularity != Granularity.Auto ? granularity
        : layout.Segments.All(s => s.IsVector) ? Granularity.Global
        : Granularity.Neuron;

    /// <summary>
    /// A group for each row, and for each element of a vector. A vector with an element for each row of the matrix or convolution last before it is
    /// taken for that layer's bias, or for the scale or shift behind it, as in the authors' implementation.
    /// </summary>
    private static IEnumerable<NormGroup> Neurons(ParameterLayout layout)
    {
        var index = 0;
        var firstRow = 0;
        var rows = -1;
        foreach (var segment in layout.Segments)
        {
            if (!segment.IsVector)
            {
                (firstRow, rows) = (index, segment.Rows);
            }

            var rowLength = segment.RowLength;
            for (var row = 0; row < segment.Rows; row++, index++)
            {
                var neuron = segment.IsVector && rows == segment.Rows ? firstRow + row : -1;
                yield return new NormGroup(segment.Offset + (row * rowLength), rowLength, neuron);
            }
        }
    }
}
