using System.Numerics;
using Stepsize.Training.Kernels;
using Stepsize.Training.Kernels.Sparse;
using Stepsize.Training.Kernels.Simd;
using Xunit;

namespace Stepsize.Training.Tests.Kernels;

public sealed class SparseProductTests
{
    public static TheoryData<string, bool> Cases => KernelCases.All;

    [Theory]
    [MemberData(nameof(Cases))]
    public void ForwardAndWeightGradient_RandomShapes_AgreeWithNaive(string set, bool inDouble)
    {
        for (var trial = 0; trial < 60; trial++)
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
    [InlineData(300, 784, 100)]
    [InlineData(520, 784, 10)]
    [InlineData(20, 3000, 300)]
    public void ForwardAndWeightGradient_SizesOfNetworks_AgreeWithNaive(int examples, int inputs, int outputs) =>
        Check<float>(InstructionSets.Best, 600, examples, inputs, outputs, 0.8, 0, 1);

    [Fact]
    public void From_Values_KeepsNonZerosAndTheirShare()
    {
        var matrix = SparseMatrix<float>.From([0, 1, 0, 0, 0, 0, 2, float.NaN], 4);
        Assert.Equal((2, 4, 3.0 / 8), (matrix.Rows, matrix.Columns, matrix.Density));
        Assert.Equal([1, 2, 3], matrix.Indices);
        Assert.Equal([1, 2, float.NaN], matrix.Values[..3]);
        Assert.Equal([0, 1, 2], matrix.Codes);
        Assert.Throws<ArgumentException>(() => SparseMatrix<float>.From(new float[7], 4));
        Assert.Throws<ArgumentException>(() => SparseMatrix<float>.From(new float[70000], 70000));
    }

    [Fact]
    public void Forward_ExampleOutsideTheData_Throws()
    {
        var x = SparseMatrix<float>.From(new float[40], 4);
        var scratch = new float[SparseProduct.ScratchLength(4, 3)];
        Assert.Throws<ArgumentException>(() => SparseProduct.Forward(
            x, [0, 10], new ReadOnlyMatrixView<float>(new float[12], 3, 4), new MatrixView<float>(new float[6], 2, 3), scratch));
        Assert.Throws<ArgumentException>(() => SparseProduct.Forward(
            x, [0, 1], new ReadOnlyMatrixView<float>(new float[12], 3, 4), new MatrixView<float>(new float[6], 2, 3), scratch.AsSpan(1)));
    }

    /// <summary>What an output is does not depend on how many are computed beside it: runs that are trained together get the bits that they get alone.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void ForwardAndWeightGradient_OutputsTogetherOrApart_SameBits(string set, bool inDouble)
    {
        if (inDouble)
        {
            CheckApart<double>(KernelCases.Set(set));
        }
        else
        {
            CheckApart<float>(KernelCases.Set(set));
        }
    }

    [Fact]
    public void Columns_OfAnotherBatchOrMatrix_AreRefused()
    {
        var x = SparseMatrix<float>.From(new float[40], 4);
        var columns = new SparseColumns<float>(x, 3);
        Assert.Throws<ArgumentException>(() => columns.Sort(x, [0, 1, 2, 3]));
        Assert.Throws<ArgumentException>(() => columns.Sort(x, [0, 10]));
        Assert.Throws<ArgumentException>(() => columns.Sort(SparseMatrix<float>.From(new float[40], 5), [0]));
        Assert.Throws<ArgumentException>(() => new SparseColumns<float>(x, 0));
        Assert.False(SparseColumns<float>.Suits(x, 1 << 20));
        columns.Sort(x, [0, 1]);
        Assert.Throws<ArgumentException>(() => SparseProduct.WeightGradient(
            x, [0, 1, 2], new ReadOnlyMatrixView<float>(new float[9], 3, 3), new MatrixView<float>(new float[12], 3, 4), new float[SparseProduct.ScratchLength(4, 3)], columns));
    }

    private static void CheckApart<T>(InstructionSet set)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Rows = 150, Inputs = 700;
        var random = KernelCases.Random(77);
        var x = SparseMatrix<T>.From(Array.ConvertAll(KernelCases.Normal<T>(ref random, Rows * Inputs, 0.7), v => T.Round(v * T.CreateChecked(8))), Inputs);
        int[] chosen = [.. Enumerable.Range(0, Rows).Select(i => i * 7 % Rows)];
        var columns = new SparseColumns<T>(x, Rows);
        columns.Sort(x, chosen);
        int[] apart = [10, 3, 17, 40, 64, 1, 100, 33];
        var outputs = apart.Sum();
        var weights = KernelCases.Normal<T>(ref random, outputs * Inputs);
        var bias = KernelCases.Normal<T>(ref random, outputs);
        var (y, gradient) = Both(0, outputs);
        var first = 0;
        foreach (var count in apart)
        {
            var (ownY, ownGradient) = Both(first, count);
            Assert.Equal(Enumerable.Range(0, Rows).SelectMany(i => y[((i * outputs) + first)..((i * outputs) + first + count)]), ownY);
            Assert.Equal(gradient[(first * Inputs)..((first + count) * Inputs)], ownGradient);
            first += count;
        }

        (T[] Y, T[] Gradient) Both(int from, int count)
        {
            var values = new T[Rows * count];
            var slopes = new T[count * Inputs];
            var scratch = new T[SparseProduct.ScratchLength(Inputs, count)];
            SparseProduct.Forward(
                set, x, chosen, new ReadOnlyMatrixView<T>(weights.AsSpan(from * Inputs, count * Inputs), count, Inputs), new MatrixView<T>(values, Rows, count), scratch,
                bias.AsSpan(from, count));
            SparseProduct.WeightGradient(
                set, x, chosen, new ReadOnlyMatrixView<T>(values, Rows, count), new MatrixView<T>(slopes, count, Inputs), scratch, count % 2 == 0 ? columns : null);
            return (values, slopes);
        }
    }

    private static void CheckRandom<T>(InstructionSet set, int trial)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = KernelCases.Random(trial);
        Check<T>(
            set, 1 + random.NextBelow(30), 1 + random.NextBelow(40), 1 + random.NextBelow(200), 1 + random.NextBelow(trial % 5 == 0 ? 200 : 40),
            trial % 7 == 0 ? 1 : random.NextUniform(), random.NextBelow(3), trial);
    }

    private static void Check<T>(InstructionSet set, int rows, int examples, int inputs, int outputs, double zeros, int gap, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = KernelCases.Random(1000 + seed);
        var dense = KernelCases.Normal<T>(ref random, rows * inputs, zeros);
        if (seed % 2 == 0)
        {
            // Few different values, which are stored as bytes.
            dense = Array.ConvertAll(dense, v => T.Round(v * T.CreateChecked(8)));
        }

        var weights = KernelCases.Normal<T>(ref random, outputs * (inputs + gap));
        var y = KernelCases.Normal<T>(ref random, examples * (outputs + gap));
        var gradient = KernelCases.Normal<T>(ref random, outputs * (inputs + gap));
        var bias = KernelCases.Normal<T>(ref random, seed % 3 == 0 ? outputs : 0);
        var chosen = new int[examples];
        for (var i = 0; i < examples; i++)
        {
            chosen[i] = random.NextBelow(rows);
        }

        var expectedY = Array.ConvertAll(y, v => double.CreateChecked(v));
        var expectedGradient = Array.ConvertAll(gradient, v => double.CreateChecked(v));
        for (var j = 0; j < outputs; j++)
        {
            for (var k = 0; k < inputs; k++)
            {
                var sum = 0.0;
                for (var i = 0; i < examples; i++)
                {
                    sum += double.CreateChecked(dense[(chosen[i] * inputs) + k]) * double.CreateChecked(y[(i * (outputs + gap)) + j]);
                }

                expectedGradient[(j * (inputs + gap)) + k] = sum;
            }

            for (var i = 0; i < examples; i++)
            {
                var sum = bias.Length > 0 ? double.CreateChecked(bias[j]) : 0;
                for (var k = 0; k < inputs; k++)
                {
                    sum += double.CreateChecked(dense[(chosen[i] * inputs) + k]) * double.CreateChecked(weights[(j * (inputs + gap)) + k]);
                }

                expectedY[(i * (outputs + gap)) + j] = sum;
            }
        }

        var x = SparseMatrix<T>.From(dense, inputs);
        Assert.Equal(dense.Where(v => v != T.Zero).Distinct().Count() <= 256, x.Codes is not null);
        var scratch = new T[SparseProduct.ScratchLength(inputs, outputs)];
        scratch.AsSpan().Fill(T.NaN);
        var what = $"{set} {examples}×{inputs}×{outputs}, gap {gap}:";
        SparseProduct.WeightGradient(
            set, x, chosen, new ReadOnlyMatrixView<T>(y, examples, outputs, outputs + gap), new MatrixView<T>(gradient, outputs, inputs, inputs + gap), scratch, null);
        KernelCases.Close<T>(expectedGradient, gradient, 8 * (4 + examples), 1, what);
        if (SparseColumns<T>.Suits(x, examples))
        {
            var columns = new SparseColumns<T>(x, examples + (seed % 4));
            columns.Sort(x, chosen);
            var byColumns = new T[gradient.Length];
            gradient.CopyTo(byColumns, 0);
            scratch.AsSpan().Fill(T.NaN);
            SparseProduct.WeightGradient(
                set, x, chosen, new ReadOnlyMatrixView<T>(y, examples, outputs, outputs + gap), new MatrixView<T>(byColumns, outputs, inputs, inputs + gap), scratch, columns);
            Assert.Equal(gradient, byColumns);
        }

        scratch.AsSpan().Fill(T.NaN);
        SparseProduct.Forward(
            set, x, chosen, new ReadOnlyMatrixView<T>(weights, outputs, inputs, inputs + gap), new MatrixView<T>(y, examples, outputs, outputs + gap), scratch, bias);
        KernelCases.Close<T>(expectedY, y, 8 * (4 + inputs), 1, what);
    }
}
