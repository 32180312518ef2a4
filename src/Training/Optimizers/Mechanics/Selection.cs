using System.Numerics;

namespace Stepsize.Training.Optimizers.Mechanics;

/// <summary>Order statistics without sorting.</summary>
internal static class Selection
{
    /// <summary>
    /// The value that sorting would put at <paramref name="rank"/> (Hoare's FIND), reordering <paramref name="values"/> such that none before it is
    /// larger and none after it smaller. There must be no NaN.
    /// </summary>
    public static T At<T>(Span<T> values, int rank)
        where T : INumber<T>
    {
        int left = 0, right = values.Length - 1;
        while (left < right)
        {
            var pivot = MedianOfThree(values[left], values[(left + right) >>> 1], values[right]);
            int i = left, j = right;
            do
            {
                while (values[i] < pivot)
                {
                    i++;
                }

                while (pivot < values[j])
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }
            while (i <= j);

            if (rank <= j)
            {
                right = j;
            }
            else if (rank >= i)
            {
                left = i;
            }
            else
            {
                break;
            }
        }

        return values[rank];
    }

    private static T MedianOfThree<T>(T a, T b, T c)
        where T : INumber<T>
    {
        if (b < a)
        {
            (a, b) = (b, a);
        }

        return c < a ? a : b < c ? b : c;
    }
}
