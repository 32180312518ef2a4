using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Sweeps.Extension;
using Xunit;
using static Stepsize.Training.Tests.Sweeps.Specifications;

namespace Stepsize.Training.Tests.Sweeps;

/// <summary>Whatever fits into a specification is read or refused soon, and what is said of it is short.</summary>
public class SpecificationLimitsTests
{
    /// <summary>What one refusal may say, in characters.</summary>
    private const int LongestAnswer = 300_000;

    /// <summary>The rule is two seconds; machines that build are slow, and what this guards against takes minutes.</summary>
    public static TheoryData<string, int> Hostile
    {
        get
        {
            var name = new string('n', 400_000);
            var data = new TheoryData<string, int>
            {
                { "{" + Join(90_000, i => $"\"f{i}\":1") + "}", 90_003 },
                { With("seeds", "[0]").Replace("[0]", $"[{Join(100_000, _ => "7")}]", StringComparison.Ordinal).Replace("[1,10]", "[1]", StringComparison.Ordinal), 99_999 },
                { With("seeds", "[0]").Replace("[0]", $"[{Join(100_000, _ => "-7")}]", StringComparison.Ordinal).Replace("[1,10]", "[1]", StringComparison.Ordinal), 100_000 },
                { With("seeds", "[0]").Replace("[1,10]", $"[{Join(100_000, _ => "0")}]", StringComparison.Ordinal), 100_000 },
                { With("seeds", "[0]").Replace("[1,10]", $"[{Join(90_000, _ => "1")}]", StringComparison.Ordinal), 89_999 },
                { With("optimizers", $"[{Join(1000, _ => "{\"id\":\"sgd-constant\",\"values\":[1]}")}]"), 999 },
                { With("optimizers", $"[{Join(30_000, _ => "{\"id\":\"x\"}")}]"), 1 },
                { With("evaluateAtIterations", $"[{Join(100_000, i => $"{i + 1}")}]"), 1 },
                { With("workloadOptions", "{" + Join(50_000, i => $"\"o{i}\":{i}") + "}"), 50_000 },
                { $"{{\"{name}\":[{Join(200_000, _ => "{}")}]}}", 4 },
                { $"{{\"{name}\":{{{Join(60_000, _ => "\"a\":1")}}}}}", 59_999 },
                { With("name", $"\"{name}\""), 1 },
                { WithOptimizer("id", $"\"{name}\""), 1 },
                { new string('[', 500_000), 1 },
                { new string(' ', SpecificationLimits.MostBytes + 1), 1 },
            };
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Parse_HostileText_IsRefusedSoonInFewWordsWithTheRestCounted(string text, int faults)
    {
        var refused = InGoodTime.Run(() => Assert.Throws<InvalidInputException>(() => SpecificationReader.Parse(text)), () => text[..Math.Min(200, text.Length)]);

        Assert.Equal(faults, refused.Faults.Count + refused.Unnamed);
        Assert.InRange(refused.Faults.Count, 1, FaultList.MostNamed);
        Assert.InRange(refused.Message.Length, 1, LongestAnswer);
    }

    [Theory]
    [InlineData(100_000_000, 1)]
    [InlineData(10_000, 1000)]
    public void Parse_MoreIteratesThanAreKept_IsRefused(int iterations, int seeds)
    {
        var text = With("record", "\"iterates\"").Replace("20", $"{iterations}", StringComparison.Ordinal)
            .Replace("\"seeds\":[0,1]", $"\"seeds\":[{Join(seeds, i => $"{i}")}]", StringComparison.Ordinal);

        // Two parameters, two axis values.
        Assert.Contains($"have {4L * iterations * seeds} numbers", FaultOf(text, "record"), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_MoreEvaluationsThanAreStored_IsRefused()
    {
        var text = With("evaluateAtIterations", $"[{Join(1000, i => $"{i + 1}")}]").Replace("\"iterations\":20", "\"iterations\":5000", StringComparison.Ordinal)
            .Replace("\"seeds\":[0,1]", $"\"seeds\":[{Join(10_000, i => $"{i}")}]", StringComparison.Ordinal);

        Assert.Contains("20020000 times in all", FaultOf(text, "evaluateAtIterations"), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_AsLargeAsItMayBe_IsRead()
    {
        var sweep = SpecificationReader.Parse(With("seeds", $"[{Join(100, i => $"{i}")}]").Replace("[1,10]", $"[{Join(1000, i => $"{i + 1}")}]", StringComparison.Ordinal));

        Assert.Equal(SpecificationLimits.MostRuns, sweep.RunCount);
    }

    [Fact]
    public void ParseStored_LargerThanIsTakenToday_IsRead()
    {
        var sweep = SpecificationReader.ParseStored(
            With("evaluateAtIterations", $"[{Join(5000, i => $"{i + 1}")}]").Replace("\"iterations\":20", "\"iterations\":5000", StringComparison.Ordinal));

        Assert.Equal(5000, sweep.EvaluateAtIterations.Count);
    }

    [Fact]
    public void ParseExtension_GridOfTooManyRuns_IsRefusedAsAGrid()
    {
        var refused = Assert.Throws<InvalidInputException>(() => ExtensionReader.Parse(
            $$"""{ "seeds": [{{Join(1000, i => $"{i}")}}], "optimizers": [ { "id": "sgd-constant", "values": [{{Join(1000, i => $"{-i}")}}] } ] }"""));

        Assert.Contains("1000000 runs", Assert.Single(refused.Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_ControlAndDirectionCharacters_AreShownAsDots()
    {
        var faults = new FaultList();
        faults.Add("a\u001b[31m\u202eb", "x\ny");

        Assert.Equal(new Fault("a·[31m·b", "x·y"), Assert.Single(faults.All));
    }

    private static string Join(int count, Func<int, string> item) => string.Join(',', Enumerable.Range(0, count).Select(item));
}
