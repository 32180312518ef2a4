namespace Stepsize.Training.Randomness;

/// <summary>An order of examples that depends on a seed alone: for dividing a set into parts (Fisher and Yates).</summary>
internal static class ShuffledOrder
{
    public static int[] Of(int count, long seed)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        var random = new RandomStream(seed, RandomPurpose.Split);
        for (var i = count - 1; i > 0; i--)
        {
            var j = random.NextBelow(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
