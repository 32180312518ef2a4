using System.Numerics;
using Stepsize.Training.Kernels.Simd;
using Stepsize.Training.Randomness;
using Xunit;

namespace Stepsize.Training.Tests.Kernels;

/// <summary>What kernel tests share: instruction sets to run on, random numbers, and the comparison with a naive reference.</summary>
internal static class KernelCases
{
    /// <summary>Each instruction set of this processor, once for float and once for double.</summary>
    public static TheoryData<string, bool> All
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var set in InstructionSets.Supported())
            {
                data.Add(set.ToString(), false);
                data.Add(set.ToString(), true);
            }

            return data;
        }
    }

    public static InstructionSet Set(string name) => Enum.Parse<InstructionSet>(name);

    public static RandomStream Random(long index) => new(7, RandomPurpose.Data, index);

    /// <summary>Standard normal numbers of which about the given share is zero.</summary>
    public static T[] Normal<T>(ref RandomStream random, int length, double zeros = 0)
        where T : IBinaryFloatingPointIeee754<T>
    {
        var values = new T[length];
        for (var i = 0; i < length; i++)
        {
            values[i] = random.NextUniform() < zeros ? T.Zero : T.CreateChecked(random.NextNormal());
        }

        return values;
    }

    public static double Epsilon<T>() => typeof(T) == typeof(float) ? 1.2e-7 : 2.3e-16;

    /// <summary>Fails where a number is further from the reference than <paramref name="roundings"/> relative roundings of <paramref name="scale"/>.</summary>
    public static void Close<T>(double[] expected, ReadOnlySpan<T> actual, double roundings, double scale = 1, string what = "")
        where T : IBinaryFloatingPointIeee754<T>
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            var value = double.CreateChecked(actual[i]);
            var same = double.IsNaN(expected[i])
                ? double.IsNaN(value)
                : expected[i] == value || Math.Abs(expected[i] - value) <= roundings * Epsilon<T>() * Math.Max(scale, Math.Abs(expected[i]));
            Assert.True(same, $"{what} element {i}: expected {expected[i]:R}, got {value:R}");
        }
    }
}
