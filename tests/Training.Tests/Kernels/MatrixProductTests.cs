using System.Numerics;
using Stepsize.Training.Kernels;
using Stepsize.Training.Kernels.Simd;
using Xunit;

namespace Stepsize.Training.Tests.Kernels;

public sealed class MatrixProductTests
{
    public static TheoryData<string, bool> Cases => KernelCases.All;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Multiply_RandomShapesStridesAndOrientations_AgreesWithNaive(string set, bool inDouble)
    {
        for (var trial = 0; trial < 120; trial++)
        {
            if (inDouble)
            {
                CheckRandom<double>(KernelCases.Set(set), trial);
            }
            else
            {
                CheckRandom<float>(KernelCases.Set(set), trial);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Multiply_EveryTileHeightAndWidth_AgreesWithNaive(string set, bool inDouble)
    {
        for (var rows = 1; rows <= 15; rows++)
        {
            for (var columns = 1; columns <= 33; columns++)
            {
                if (inDouble)
                {
                    Check<double>(KernelCases.Set(set), rows, columns, 3, columns % 2 == 0, rows % 2 == 0, Added.Nothing, 0, rows + (100 * columns));
                }
                else
                {
                    Check<float>(KernelCases.Set(set), rows, columns, 3, columns % 2 == 0, rows % 2 == 0, Added.Nothing, 0, rows + (100 * columns));
                }
            }
        }
    }

    [Theory]
    [InlineData(1300, 5, 7)]
    [InlineData(3, 1100, 400)]
    [InlineData(256, 100, 784)]
    [InlineData(10, 100, 256)]
    public void Multiply_ManyBlocks_AgreesWithNaive(int rows, int columns, int depth)
    {
        Check<float>(InstructionSets.Best, rows, columns, depth, false, true, Added.Bias, 0, 1);
        Check<float>(InstructionSets.Best, rows, columns, depth, true, false, Added.Itself, 3, 2);
    }

    [Fact]
    public void Multiply_NoSummands_ClearsUnlessAccumulating()
    {
        var c = new float[] { 1, 2, 3, 4, 5, 6 };
        MatrixProduct.Multiply(new ReadOnlyMatrixView<float>([], 2, 0), new ReadOnlyMatrixView<float>([], 0, 2), new MatrixView<float>(c, 2, 2, 3), true);
        Assert.Equal([1, 2, 3, 4, 5, 6], c);
        MatrixProduct.Multiply(new ReadOnlyMatrixView<float>([], 2, 0), new ReadOnlyMatrixView<float>([], 0, 2), new MatrixView<float>(c, 2, 2, 3));
        Assert.Equal([0, 0, 3, 0, 0, 6], c);
    }

    [Fact]
    public void Multiply_NaNInOneRow_StaysInThatRow()
    {
        var a = new float[20 * 5];
        a[(3 * 5) + 2] = float.NaN;
        var c = new float[20 * 40];
        MatrixProduct.Multiply(new ReadOnlyMatrixView<float>(a, 20, 5), new ReadOnlyMatrixView<float>(new float[200], 5, 40), new MatrixView<float>(c, 20, 40));
        for (var i = 0; i < c.Length; i++)
        {
            Assert.Equal(i / 40 == 3, float.IsNaN(c[i]));
        }
    }

    [Fact]
    public void Multiply_ShapesThatDoNotFit_Throws()
    {
        var values = new float[100];
        var error = Assert.Throws<ArgumentException>(() => MatrixProduct.Multiply(
            new ReadOnlyMatrixView<float>(values, 2, 3), new ReadOnlyMatrixView<float>(values, 4, 5), new MatrixView<float>(values, 2, 5)));
        Assert.Contains("(2 × 3)·(4 × 5) does not give 2 × 5", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new MatrixView<float>(values, 10, 11));
        Assert.Throws<ArgumentException>(() => new ReadOnlyMatrixView<float>(values, 10, 10, 9));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 8)]
    [InlineData(17, 29)]
    [InlineData(100, 784)]
    public void Transpose_AnyShape_IsExact(int rows, int columns)
    {
        CheckTranspose<float>(rows, columns);
        CheckTranspose<double>(rows, columns);
    }

    private static void CheckTranspose<T>(int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = KernelCases.Random(rows);
        var source = KernelCases.Normal<T>(ref random, rows * (columns + 3));
        var destination = new T[columns * (rows + 2)];
        Transposition.Copy(new ReadOnlyMatrixView<T>(source, rows, columns, columns + 3), new MatrixView<T>(destination, columns, rows, rows + 2));
        for (var i = 0; i < columns * (rows + 2); i++)
        {
            var (row, column) = Math.DivRem(i, rows + 2);
            Assert.Equal(column < rows ? source[(column * (columns + 3)) + row] : T.Zero, destination[i]);
        }
    }

    private static void CheckRandom<T>(InstructionSet set, int trial)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = KernelCases.Random(trial);
        Check<T>(
            set, 1 + random.NextBelow(60), 1 + random.NextBelow(90), 1 + random.NextBelow(trial % 10 == 0 ? 500 : 60),
            random.NextBelow(2) == 0, random.NextBelow(2) == 0, (Added)random.NextBelow(3), random.NextBelow(4), trial);
    }

    private static void Check<T>(
        InstructionSet set, int rows, int columns, int depth, bool transposeA, bool transposeB, Added added, int gap, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = KernelCases.Random(seed);
        var (aRows, aColumns) = transposeA ? (depth, rows) : (rows, depth);
        var (bRows, bColumns) = transposeB ? (columns, depth) : (depth, columns);
        var a = KernelCases.Normal<T>(ref random, aRows * (aColumns + gap), 0.3);
        var b = KernelCases.Normal<T>(ref random, bRows * (bColumns + gap), 0.3);
        var c = KernelCases.Normal<T>(ref random, rows * (columns + gap));
        var bias = KernelCases.Normal<T>(ref random, added == Added.Bias ? columns : 0);

        var expected = Array.ConvertAll(c, v => double.CreateChecked(v));
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var sum = added switch { Added.Itself => expected[(i * (columns + gap)) + j], Added.Bias => double.CreateChecked(bias[j]), _ => 0 };
                for (var k = 0; k < depth; k++)
                {
                    sum += double.CreateChecked(transposeA ? a[(k * (aColumns + gap)) + i] : a[(i * (aColumns + gap)) + k])
                        * double.CreateChecked(transposeB ? b[(j * (bColumns + gap)) + k] : b[(k * (bColumns + gap)) + j]);
                }

                expected[(i * (columns + gap)) + j] = sum;
            }
        }

        var left = new ReadOnlyMatrixView<T>(a, aRows, aColumns, aColumns + gap);
        var right = new ReadOnlyMatrixView<T>(b, bRows, bColumns, bColumns + gap);
        MatrixProduct.Multiply(
            set, transposeA ? left.Transposed : left, transposeB ? right.Transposed : right, new MatrixView<T>(c, rows, columns, columns + gap),
            added == Added.Itself, bias);
        KernelCases.Close<T>(expected, c, 4 + depth, 1, $"{set} {rows}×{columns}×{depth} {transposeA} {transposeB} {added} {gap}:");
    }

    private enum Added
    {
        Nothing,
        Itself,
        Bias,
    }
}
