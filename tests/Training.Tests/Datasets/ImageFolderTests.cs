using Stepsize.Training.Datasets.Catalogue;
using Stepsize.Training.Datasets.Images;
using Stepsize.Training.Faults;
using Xunit;

namespace Stepsize.Training.Tests.Datasets;

public sealed class ImageFolderTests : IDisposable
{
    /// <summary>40 × 30, red at the top, blue at the bottom.</summary>
    private static readonly byte[] Gradient = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAIBAQEBAQIBAQECAgICAgQDAgICAgUEBAMEBgUGBgYFBgYGBwkIBgcJBwYGCAsICQoKCgoKBggLDAsKDAkKCgr/2wBDAQICAg"
        + "ICAgUDAwUKBwYHCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgr/wAARCAAeACgDAREAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAA"
        + "AAAAAAYI/8QAGxAAAgIDAQAAAAAAAAAAAAAAABUBYgNSoWH/xAAXAQEBAQEAAAAAAAAAAAAAAAAACAcJ/8QAGREAAwEBAQAAAAAAAAAAAAAAAAEWUgRh/9oADAMBAAIRAx"
        + "EAPwDDL6/DJIp5O21ctB9fginkVy0H1+CKeRXLQfX4Ip5FctB9fginkVy0Rb6/CvopZJcr3oPr8EUsiveg+vwRSyK96D6/BFLIr3oPr8EUsiveiLezvBXkUskuV70Hs7wI"
        + "pZFe9B7O8CKWRXvQezvAilkV70Hs7wIpZFe9Ea4y+lZS3N4TFS9HocZfRLc3gpej0OMvolubwUvR6HGX0S3N4KXo9DjL6Jbm8FL0en//2Q==");

    private readonly DataFolder _folder = new();

    [Fact]
    public void Index_Folders_AreClassesInTheOrderOfTheirNames()
    {
        WritePictures();
        var (train, validation) = new ImageNetDataset().Index(_folder.Folders);
        Assert.Equal(["n01", "n02"], train.Classes);
        Assert.Equal([0, 0, 1], Enumerable.Range(0, train.Count).Select(train.Label));
        Assert.Equal(2, validation.Count);
    }

    [Fact]
    public void Index_OtherClasses_AreRefused()
    {
        WritePictures();
        _folder.Write("imagenet/val/n03/a.JPEG", Gradient);
        Assert.Contains("2 classes", Assert.Throws<InvalidInputException>(() => new ImageNetDataset().Index(_folder.Folders)).Message, StringComparison.Ordinal);
        _folder.Write("imagenet/train/n03/readme.txt", "no picture");
        Assert.Contains("no .jpg", Assert.Throws<InvalidInputException>(() => new ImageNetDataset().Index(_folder.Folders)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_LibraryMissing_SaysWhatToInstall()
    {
        Assert.SkipWhen(TurboJpeg.IsAvailable, "libturbojpeg is installed.");
        Assert.Contains("libturbojpeg0", Assert.Throws<InvalidInputException>(() => TurboJpeg.Decode("a.jpg", Gradient)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_Gradient_IsRedAboveAndBlueBelow()
    {
        Assert.SkipUnless(TurboJpeg.IsAvailable, "libturbojpeg is not installed.");
        var image = TurboJpeg.Decode("a.jpg", Gradient);
        Assert.Equal((40, 30, 3600), (image.Width, image.Height, image.Pixels.Length));
        Assert.True(image.Pixels[0] > 240 && image.Pixels[2] < 15, "the first pixel is red");
        Assert.True(image.Pixels[^3] < 15 && image.Pixels[^1] > 240, "the last pixel is blue");
    }

    [Fact]
    public void Load_Pictures_AreScaledAndCut()
    {
        Assert.SkipUnless(TurboJpeg.IsAvailable, "libturbojpeg is not installed.");
        WritePictures();
        var (train, _) = new ImageNetDataset().Index(_folder.Folders);
        var images = train.Load(side: 7, ofClass: 1);
        Assert.Equal([0, 1], images.Labels);
        Assert.Equal(2 * 3 * 49, images.Pixels.Length);
        Assert.True(images.Pixels[3] > images.Pixels[48 - 3], "red falls from the top to the bottom");
    }

    [Fact]
    public void Decode_Damaged_IsRefusedOrRead()
    {
        Assert.SkipUnless(TurboJpeg.IsAvailable, "libturbojpeg is not installed.");
        HostileFiles.Check(Gradient, damaged => TurboJpeg.Decode("a.jpg", damaged));
    }

    [Fact]
    public void CentreCrop_SameSize_KeepsThePixels()
    {
        byte[] pixels = [.. Enumerable.Range(0, 4 * 4 * 3).Select(i => (byte)(i * 5))];
        var crop = new RgbImage(4, 4, pixels).CentreCrop(4, 4);
        Assert.Equal(pixels.Where((_, i) => i % 3 == 1), crop[16..32]);
    }

    [Fact]
    public void CentreCrop_HalfSize_AveragesAndCutsTheLongerSide()
    {
        // Columns 0 … 7 of value 10·x, four rows: scaled to 4 × 2, the middle 2 × 2 remains.
        byte[] pixels = [.. Enumerable.Range(0, 8 * 4 * 3).Select(i => (byte)(i / 3 % 8 * 10))];
        Assert.Equal([25, 45, 25, 45], new RgbImage(8, 4, pixels).CentreCrop(2, 2)[..4]);
    }

    public void Dispose() => _folder.Dispose();

    private void WritePictures()
    {
        _folder.Write("imagenet/train/n02/x.JPEG", Gradient);
        _folder.Write("imagenet/train/n01/b.jpg", Gradient);
        _folder.Write("imagenet/train/n01/a.jpeg", Gradient);
        _folder.Write("imagenet/val/n01/v.JPEG", Gradient);
        _folder.Write("imagenet/val/n02/v.JPEG", Gradient);
    }
}
