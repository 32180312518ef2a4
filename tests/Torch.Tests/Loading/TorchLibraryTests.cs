using Stepsize.Torch.Loading;
using Stepsize.Training.Faults;
using TorchSharp;
using Xunit;

namespace Stepsize.Torch.Tests.Loading;

public sealed class TorchLibraryTests
{
    [Fact]
    public void Load_PackageInTheCache_Computes()
    {
        var library = TorchHere.Load();
        using var ones = torch.ones(3, 4, torch.float64);
        using var sum = ones.sum();
        Assert.Equal(12.0, sum.item<double>());
        Assert.False(library.HasCuda);
        Assert.Same(library, TorchLibrary.Load(null));
    }

    [Fact]
    public void Look_NothingLoaded_TellsWhetherItIsThereAndForWhat()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal((false, false), TorchLibrary.Look(folder.Path));
        Directory.CreateDirectory(folder.File("lib"));
        File.WriteAllText(folder.File("lib/libtorch_cpu.so"), "");
        Assert.Equal((true, false), TorchLibrary.Look(folder.Path));
        File.WriteAllText(folder.File("lib/libtorch_cuda.so"), "");
        Assert.Equal((true, true), TorchLibrary.Look(folder.Path));
    }

    [Fact]
    public void Find_CacheOfPackages_FindsThePackageOfTheVersionNeeded()
    {
        using var folder = new TemporaryFolder();
        var native = folder.File("libtorch-cpu-linux-x64/2.10.0/runtimes/linux-x64/native");
        Directory.CreateDirectory(native);
        Assert.Null(TorchFolders.Find(folder.Path));
        File.WriteAllText(Path.Combine(native, "libtorch_cpu.so"), "");
        Assert.Equal(native, TorchFolders.Find(folder.Path));
    }

    [Fact]
    public void Faults_EachOne_SaysWhatWasFoundAndWhatToDo()
    {
        InvalidInputException[] faults =
        [
            TorchFault.OtherSystem("Windows"), TorchFault.NotFound(["/a", "/b"]), TorchFault.NotThere("/a"), TorchFault.OtherVersion("/a", "2.9"),
            TorchFault.NoBinding("/a"), TorchFault.OldRuntime("no GLIBCXX_3.4.32"), TorchFault.NotLoaded("/a", "no libcudart"),
        ];
        Assert.All(faults, fault =>
        {
            var sentence = Assert.Single(fault.Faults).Message;
            Assert.Matches("(train|unpack|give|install|use) ", sentence);
            Assert.DoesNotContain('\n', sentence);
        });
    }

    [Fact]
    public void OneLine_SeveralLines_KeepsTheFirst() => Assert.Equal("not found", OneLine.Of("\n not found \r\n tried elsewhere"));
}
