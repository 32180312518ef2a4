using System.Numerics;

namespace Stepsize.Training.Randomness;

/// <summary>
/// xoshiro256** (Blackman and Vigna 2018), started by SplitMix64 from a seed, a purpose and an index. A stream is known by those three
/// numbers alone, so nothing of it has to be stored: what is drawn for epoch 7 of seed 1 is the same in any run, cohort or process.
/// </summary>
public struct RandomStream
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <param name="seed">The run's seed: equal seeds give common random numbers.</param>
    /// <param name="index">Epoch, iteration or tensor, as the purpose needs.</param>
    public RandomStream(long seed, RandomPurpose purpose, long index = 0)
    {
        var state = Mix(Mix(Mix((ulong)seed) + (ulong)purpose) + (ulong)index);
        _a = Mix(state);
        _b = Mix(state += Golden);
        _c = Mix(state += Golden);
        _d = Mix(state + Golden);
    }

    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>Uniform on [0, 1), 53 bits.</summary>
    public double NextUniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform on {0, …, <paramref name="count"/> − 1}.</summary>
    public int NextBelow(int count) => (int)Math.BigMul(NextBits(), (ulong)count, out _);

    /// <summary>Standard normal, by Box and Muller's cosine.</summary>
    public double NextNormal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextUniform()));
        return radius * Math.Cos(2 * Math.PI * NextUniform());
    }

    private static ulong Mix(ulong value)
    {
        value += Golden;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
