namespace Stepsize.Training.Workloads.Vision.Pretrained;

/// <summary>A tensor of somebody else's file, of which a parameter of ours is made.</summary>
/// <param name="Name">In the file.</param>
/// <param name="Shape">In the file.</param>
/// <param name="Order">Axes of the file in the order in which ours has them; null where it is the same.</param>
internal sealed record TensorPart(string Name, IReadOnlyList<int> Shape, IReadOnlyList<int>? Order = null)
{
    /// <summary>The numbers in our order.</summary>
    public float[] Arrange(float[] values)
    {
        if (Order is null)
        {
            return values;
        }

        // Distance of neighbours along each of our axes, in theirs.
        var strides = new int[Shape.Count];
        for (var (axis, stride) = (Shape.Count - 1, 1); axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= Shape[axis];
        }

        var arranged = new float[values.Length];
        for (var i = 0; i < arranged.Length; i++)
        {
            var (rest, place) = (i, 0);
            for (var axis = Order.Count - 1; axis >= 0; axis--)
            {
                place += rest % Shape[Order[axis]] * strides[Order[axis]];
                rest /= Shape[Order[axis]];
            }

            arranged[i] = values[place];
        }

        return arranged;
    }
}
