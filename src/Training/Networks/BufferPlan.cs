using System.Numerics;

namespace Stepsize.Training.Networks;

/// <summary>
/// Which buffer holds what is between the layers of a chain: boundary 0 is the chain's input, boundary i + 1 the output of layer i. The chain's own
/// input and output are buffers that it is given.
/// </summary>
/// <param name="Places">Of each boundary: an index into <paramref name="Lengths"/>, or <see cref="Start"/> or <see cref="End"/>.</param>
/// <param name="Lengths">Of each buffer, in numbers an example.</param>
internal sealed record BufferPlan(int[] Places, int[] Lengths)
{
    /// <summary>The buffer that the chain is given for its input.</summary>
    public const int Start = -1;

    /// <summary>The buffer that the chain is given for its output.</summary>
    public const int End = -2;

    /// <summary>Places for values. A layer works in place only where no backward pass needs what it overwrites, and never on the chain's input.</summary>
    public static BufferPlan ForOutputs<T>(CompiledLayer<T>[] layers, int[] lengths, bool trains)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var group = new int[lengths.Length];
        var isRead = false;
        for (var i = 0; i < layers.Length; i++)
        {
            var layer = layers[i];
            var shares = layer.IsView || (layer.WorksInPlace && group[i] > 0 && !(trains && (isRead || layer.BackwardReadsInput)));
            group[i + 1] = shares ? group[i] : group[i] + 1;
            isRead = (shares && isRead) || layer.BackwardReadsOutput;
        }

        // Values alternate between two buffers where nothing has to survive.
        return Assign(group, lengths, alternate: !trains);
    }

    /// <summary>
    /// Places for gradients. A layer with parameters never works in place on the gradient of the chain's input: there is none where nobody needs it.
    /// </summary>
    public static BufferPlan ForGradients<T>(CompiledLayer<T>[] layers, int[] lengths)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var group = new int[lengths.Length];
        for (var i = 0; i < layers.Length; i++)
        {
            var layer = layers[i];
            var shares = layer.IsView || (layer.GradientWorksInPlace && !(group[i] == 0 && layer.HasParameters));
            group[i + 1] = shares ? group[i] : group[i] + 1;
        }

        return Assign(group, lengths, alternate: true);
    }

    private static BufferPlan Assign(int[] group, int[] lengths, bool alternate)
    {
        var last = group.Length - 1;
        if (group[last] == 0)
        {
            // Input and output of a chain are different buffers even where all its layers could share one.
            group[last]++;
        }

        var places = new int[group.Length];
        var sizes = new List<int>();
        for (var i = 0; i < group.Length; i++)
        {
            if (group[i] == 0 || group[i] == group[last])
            {
                places[i] = group[i] == 0 ? Start : End;
                continue;
            }

            places[i] = alternate ? (group[i] - 1) % 2 : group[i] - 1;
            while (sizes.Count <= places[i])
            {
                sizes.Add(0);
            }

            sizes[places[i]] = Math.Max(sizes[places[i]], lengths[i]);
        }

        return new BufferPlan(places, [.. sizes]);
    }
}
