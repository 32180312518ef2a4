using System.Text.Json;
using Stepsize.Training.Workloads.Vision.Pretrained;
using Xunit;

namespace Stepsize.Training.Tests.Workloads.Vision.Pretrained;

public sealed class PositionGridTests
{
    [Fact]
    public void Resize_GridsResizedByPyTorch_AreTheSame()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "tests/Training.Tests/Workloads/Vision/Pretrained/positions.json")));
        Assert.Equal(6, json.RootElement.GetArrayLength());
        foreach (var test in json.RootElement.EnumerateArray())
        {
            float[] grid = [.. test.GetProperty("grid").EnumerateArray().Select(v => (float)v.GetDouble())];
            var resized = PositionGrid.Resize(grid, test.GetProperty("side").GetInt32(), test.GetProperty("newSide").GetInt32(), test.GetProperty("features").GetInt32());

            // Rounded to float, at values of up to 3.
            Assert.All(test.GetProperty("resized").EnumerateArray().Zip(resized), pair => Assert.Equal(pair.First.GetDouble(), pair.Second, 2e-7));
            Assert.Equal(test.GetProperty("resized").GetArrayLength(), resized.Length);
        }
    }

    [Fact]
    public void Resize_ConstantAndSameGrid_StayAsTheyAre()
    {
        Assert.All(PositionGrid.Resize([.. Enumerable.Repeat(2.5f, 9)], 3, 7, 1), v => Assert.Equal(2.5f, v, 1e-6f));
        float[] grid = [1, -2, 3, 4, -5, 6, 7, 8, -9];
        Assert.Equal(grid, PositionGrid.Resize(grid, 3, 3, 1));
    }
}
