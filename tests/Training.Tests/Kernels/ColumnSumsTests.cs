using System.Numerics;
using Stepsize.Training.Kernels;
using Stepsize.Training.Kernels.Simd;
using Xunit;

namespace Stepsize.Training.Tests.Kernels;

public sealed class ColumnSumsTests
{
    public static TheoryData<string, bool> Cases => KernelCases.All;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_AnyShape_AgreesWithNaive(string set, bool inDouble)
    {
        foreach (var (rows, columns) in new[] { (0, 3), (1, 1), (7, 16), (5, 64), (33, 100), (256, 10), (3, 131) })
        {
            if (inDouble)
            {
                Check<double>(KernelCases.Set(set), rows, columns);
            }
            else
            {
                Check<float>(KernelCases.Set(set), rows, columns);
            }
        }
    }

    [Fact]
    public void Of_RowsThatAreNotWhole_Throws()
    {
        Assert.Throws<ArgumentException>(() => ColumnSums.Of<float>(InstructionSets.Best, new float[7], new float[3]));
        Assert.Throws<ArgumentException>(() => ColumnSums.Of<float>(InstructionSets.Best, new float[7], default));
    }

    private static void Check<T>(InstructionSet set, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = KernelCases.Random(rows + columns);
        var values = KernelCases.Normal<T>(ref random, rows * columns);
        var sums = Enumerable.Repeat(T.NaN, columns).ToArray();
        ColumnSums.Of<T>(set, values, sums);
        double[] expected = [.. Enumerable.Range(0, columns).Select(c => Enumerable.Range(0, rows).Sum(r => double.CreateChecked(values[(r * columns) + c])))];
        KernelCases.Close<T>(expected, sums, 4 + rows, 1, $"{set} {rows}×{columns}:");
    }
}
