using System.Collections.Concurrent;
using Stepsize.Training.Randomness;

namespace Stepsize.Training.Robustness;

/// <summary>
/// Seeds drawn again with replacement, for bootstrap intervals (Efron 1979): the same draws for all rows of a study, and the same every time.
/// </summary>
public static class SeedResampling
{
    public const int Draws = 1000;

    /// <summary>Fewer seeds say too little about how results scatter.</summary>
    public const int FewestSeeds = 3;

    private static readonly ConcurrentDictionary<int, int[][]> Known = new();

    /// <param name="seeds">How many there are.</param>
    /// <returns>For each draw the places of the seeds drawn, as many as there are.</returns>
    public static IReadOnlyList<int[]> Of(int seeds) => Known.GetOrAdd(seeds, static count =>
    {
        var random = new RandomStream(count, RandomPurpose.Resampling);
        var draws = new int[Draws][];
        for (var d = 0; d < Draws; d++)
        {
            draws[d] = new int[count];
            for (var k = 0; k < count; k++)
            {
                draws[d][k] = random.NextBelow(count);
            }
        }

        return draws;
    });
}
