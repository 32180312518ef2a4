using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Images;
using Stepsize.Training.Randomness;
using Xunit;

namespace Stepsize.Training.Tests.Datasets;

public sealed class PictureSourceTests
{
    private static readonly ImageExamples Images = new((3, 4, 4), [.. Enumerable.Range(0, 3 * 48).Select(i => (byte)((i * 37) + 11))], [0, 1, 0]);

    [Fact]
    public void Read_UnitRange_IsTheBytesBy255()
    {
        var numbers = new double[48];
        new MemoryPictures<double>(Images, ChannelScaling.UnitRange).Read(1, numbers);
        Assert.Equal(Images.Pixels[48..96].Select(p => p / 255.0), numbers);
    }

    [Fact]
    public void Of_Images_GivesChannelsOfMeanZeroAndDeviationOne()
    {
        var source = new MemoryPictures<double>(Images, ChannelScaling.Of(Images));
        var all = new double[3][];
        for (var i = 0; i < 3; i++)
        {
            source.Read(i, all[i] = new double[48]);
        }

        for (var c = 0; c < 3; c++)
        {
            double[] channel = [.. all.SelectMany(image => image[(c * 16)..((c + 1) * 16)])];
            Assert.Equal(0, channel.Average(), 1e-12);
            Assert.Equal(1, channel.Average(x => x * x), 1e-12);
        }
    }

    [Fact]
    public void CropAndFlip_ManyDraws_GivesEveryCropOfThePaddedImageAndItsMirrorImage()
    {
        double[] image = [.. Enumerable.Range(1, 48).Select(i => (double)i)];
        var expected = new HashSet<string>();
        foreach (var (down, right, mirrors) in from d in Enumerable.Range(-1, 3) from r in Enumerable.Range(-1, 3) from m in new[] { false, true } select (d, r, m))
        {
            double At(int c, int y, int x) => y is < 0 or > 3 || x is < 0 or > 3 ? 0 : image[(c * 16) + (y * 4) + (mirrors ? 3 - x : x)];
            expected.Add(string.Join(' ', Enumerable.Range(0, 48).Select(i => At(i / 16, (i / 4 % 4) + down, (i % 4) + right))));
        }

        var seen = new HashSet<string>();
        for (var i = 0; i < 500; i++)
        {
            var varied = new double[48];
            new CropAndFlip(1).Apply<double>((3, 4, 4), image, new RandomStream(1, RandomPurpose.Augmentation, i), varied);
            seen.Add(string.Join(' ', varied));
        }

        Assert.Equal(18, expected.Count);
        Assert.True(seen.SetEquals(expected));
    }

    [Fact]
    public void RotateShiftAndFlip_NoAngleAndNoShift_GivesTheImageOrItsMirrorImage()
    {
        double[] image = [.. Enumerable.Range(1, 48).Select(i => (double)i)];
        double[] mirrored = [.. Enumerable.Range(0, 48).Select(i => image[(i / 4 * 4) + 3 - (i % 4)])];
        var mirrors = 0;
        for (var i = 0; i < 40; i++)
        {
            var varied = new double[48];
            new RotateShiftAndFlip(0, 0).Apply<double>((3, 4, 4), image, new RandomStream(1, RandomPurpose.Augmentation, i), varied);
            mirrors += varied.SequenceEqual(mirrored) ? 1 : 0;
            Assert.True(varied.SequenceEqual(image) || varied.SequenceEqual(mirrored));
        }

        Assert.InRange(mirrors, 5, 35);
    }

    [Fact]
    public void RotateShiftAndFlip_AnyDraw_StaysWithinTheImagesValuesAndKeepsItsMiddle()
    {
        // A slope over 21 × 21: turned by at most 15° about the middle, it takes the middle's value there, shifted by at most a tenth of the side.
        const int Side = 21;
        double[] image = [.. Enumerable.Range(0, Side * Side).Select(i => (double)(i % Side))];
        var middles = new List<double>();
        for (var i = 0; i < 200; i++)
        {
            var varied = new double[Side * Side];
            new RotateShiftAndFlip(15, 0.1).Apply<double>((1, Side, Side), image, new RandomStream(1, RandomPurpose.Augmentation, i), varied);
            Assert.All(varied, v => Assert.InRange(v, 0, Side - 1));
            middles.Add(varied[(10 * Side) + 10]);
        }

        Assert.All(middles, m => Assert.InRange(m, 10 - 2.1, 10 + 2.1));
        Assert.True(middles.Max() - middles.Min() > 3);
    }

    [Fact]
    public void GatherForTraining_SeedIterationAndExample_DecideWhatIsDrawn()
    {
        var set = SupervisedSet<float>.Classification(new MemoryPictures<float>(Images, ChannelScaling.UnitRange, new CropAndFlip(3)), Images.Labels);
        float[] Gather(int seed, int iteration, params int[] examples)
        {
            var inputs = new float[examples.Length * 48];
            set.GatherForTraining(examples, seed, iteration, inputs);
            return inputs;
        }

        Assert.Equal(Gather(1, 5, 0, 2), Gather(1, 5, 0, 2));
        Assert.Equal(Gather(1, 5, 0, 2)[48..], Gather(1, 5, 2));
        Assert.True(Enumerable.Range(1, 5).Select(t => string.Join(' ', Gather(1, t, 0))).Distinct().Count() > 3);
        Assert.True(Enumerable.Range(1, 5).Select(s => string.Join(' ', Gather(s, 5, 0))).Distinct().Count() > 3);
        var plain = new float[48];
        set.Gather([2], plain);
        Assert.Equal(Images.Pixels[96..].Select(p => p / 255f), plain);
        Assert.True(set.ReadsFromSource && set.Inputs.IsEmpty && set.SparseInputs is null);
    }

    [Fact]
    public void Enlarged_SlopeOfTwoPixels_IsBilinearWithTheEdgeKept()
    {
        var images = new ImageExamples((1, 2, 2), [0, 200, 0, 200], [0]);
        var enlarged = new double[16];
        new EnlargedPictures<double>(new MemoryPictures<double>(images, new ChannelScaling([0], [1])), 1, 2, 4).Read(0, enlarged);
        double[] row = [0, 50, 150, 200];
        Assert.All(enlarged.Index(), x => Assert.Equal(row[x.Index % 4] / 255, x.Item, 1e-12));
    }
}
