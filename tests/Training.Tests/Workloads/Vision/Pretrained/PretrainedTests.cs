using System.IO.Compression;
using System.Text.Json.Nodes;
using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Weights;
using Stepsize.Training.Faults;
using Stepsize.Training.Networks;
using Stepsize.Training.Options;
using Stepsize.Training.Randomness;
using Stepsize.Training.Tests.Datasets;
using Stepsize.Training.Tests.Datasets.Weights;
using Stepsize.Training.Workloads;
using Stepsize.Training.Workloads.Vision;
using Stepsize.Training.Workloads.Vision.Pretrained;
using Xunit;

namespace Stepsize.Training.Tests.Workloads.Vision.Pretrained;

/// <summary>Weights of a shrunken vision transformer from a file to training.</summary>
public sealed class PretrainedTests : IDisposable
{
    private const int Classes = 100;
    private static readonly VisionTransformerSize Small = new(32, 8, 12, 2, 3);

    private readonly DataFolder _folder = new();
    private readonly VisionTransformerCifar100 _workload = new(new CifarSize(SmallPictures.Train, SmallPictures.Test), Small);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Forward_ImportedWeights_ComputesWhatTimmComputes(bool asFlax)
    {
        var timm = ForeignWeights.Timm(Small, 4, Classes);
        await ImportAsync(asFlax ? Npz(ForeignWeights.AsFlax(timm, Small.Heads)) : WeightBytes.Safetensors(timm));
        var network = Loaded();
        var parameters = new double[network.Parameters.Length];
        network.Initialise<double>(5, parameters);
        const int Pictures = 3;
        var random = new RandomStream(2, RandomPurpose.Data);
        double[] inputs = [.. Enumerable.Range(0, Pictures * network.Input.Length).Select(_ => random.NextNormal())];
        var compiled = network.Compile<double>(new CompileSettings(Pictures, Trains: false));
        var pass = new Pass<double>
        {
            Count = Pictures, Examples = [0, 1, 2], Parameters = parameters, Gradient = default, State = default, StartsSequence = true,
        };
        compiled.Forward(pass, inputs, SupervisedSet<double>.Classification(Pictures, inputs, new[] { 0, 1, 2 }));

        var naive = new NaiveVisionTransformer(timm.ToDictionary(t => t.Key, t => t.Value.Values), Small.Side, Small.Patch, Small.Width, Small.Blocks, Small.Heads);
        for (var e = 0; e < Pictures; e++)
        {
            var expected = naive.Scores(inputs[(e * network.Input.Length)..((e + 1) * network.Input.Length)]);
            var actual = compiled.Outputs.Slice(e * Classes, Classes).ToArray();
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
            Assert.True(expected.Max() - expected.Min() > 0.1);
        }
    }

    [Theory]
    [InlineData(null, "The file has no last layer: that of 100 classes starts as the workload says.")]
    [InlineData(7, "The last layer, of 7 classes, is left out: that of 100 classes starts as the workload says.")]
    public async Task Initialise_OtherLastLayer_StartsAsTheWorkloadSays(int? classes, string remark)
    {
        var timm = ForeignWeights.Timm(Small, 4, classes);
        Assert.Equal([remark], (await ImportAsync(WeightBytes.Safetensors(timm))).Remarks);
        var network = Loaded();
        var (first, second) = (Start(network, 1), Start(network, 2));
        Assert.Equal(first, second);
        Assert.Equal(timm["blocks.1.attn.qkv.weight"].Values, Segment(network, first, "block3.attention1.in_proj_weight"));
        Assert.All(Segment(network, first, "fc1.weight"), v => Assert.Equal(0, v));
        Assert.All(Segment(network, first, "fc1.bias"), v => Assert.Equal(0, v));
    }

    [Fact]
    public async Task Import_PositionsOfAnotherGrid_AreInterpolatedAndTheClassTokenKept()
    {
        var timm = ForeignWeights.Timm(Small, 6, null);
        var entry = await ImportAsync(WeightBytes.Safetensors(timm));
        Assert.Contains("The position embedding was interpolated from 6×6 to 4×4 patches.", entry.Remarks);
        var network = Loaded();
        var positions = Segment(network, Start(network, 0), "position1.weight");
        var learned = timm["pos_embed"].Values;
        Assert.Equal(learned[..Small.Width], positions[..Small.Width]);

        // New patch 0 has its centre at 0.25 of the old grid, in rows and in columns; its first tap, −1, is the edge's value.
        double[] weights = [Cubic(1.25), Cubic(0.25), Cubic(0.75), Cubic(1.75)];
        int[] taps = [0, 0, 1, 2];
        var expected = 0.0;
        for (var tap = 0; tap < 16; tap++)
        {
            expected += weights[tap / 4] * weights[tap % 4] * learned[Small.Width * (1 + (6 * taps[tap / 4]) + taps[tap % 4])];
        }

        Assert.Equal(expected, positions[Small.Width], 1e-6);
        static double Cubic(double x) => x <= 1 ? (1.25 * x * x * x) - (2.25 * x * x) + 1 : (-0.75 * x * x * x) + (3.75 * x * x) - (6 * x) + 3;
    }

    [Fact]
    public async Task Import_TensorsThatDoNotFit_NamesThemAllAndWritesNothing()
    {
        var timm = ForeignWeights.Timm(Small, 4, Classes);
        timm.Remove("blocks.0.norm1.bias");
        timm.Remove("head.bias");
        timm["blocks.1.mlp.fc1.weight"] = ([12, 48], timm["blocks.1.mlp.fc1.weight"].Values);
        timm["pos_embed"] = ([1, 16, 12], timm["pos_embed"].Values[..(16 * 12)]);
        timm["dist_token"] = ([1, 1, 12], new float[12]);
        timm["blocks.2.norm1.bias"] = ([12], new float[12]);
        var fault = await Assert.ThrowsAsync<InvalidInputException>(() => ImportAsync(WeightBytes.Safetensors(timm)));
        Assert.Equal(7, fault.Faults.Count);
        Assert.All(
            [
                "\"blocks.0.norm1.bias\" is missing", "\"head.bias\" is missing", "\"blocks.1.mlp.fc1.weight\" is 12×48, and has to be 48×12",
                "\"pos_embed\" is 1×16×12, and has to be 1×(1 + n²)×12", "\"dist_token\" is none of its tensors", "\"blocks.2.norm1.bias\" is none of its tensors",
            ],
            expected => Assert.Contains(expected, fault.Message, StringComparison.Ordinal));
        Assert.Empty(PretrainedWeights.Names(_folder.Folders));
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, PretrainedWeights.Folder)));
    }

    [Fact]
    public async Task Import_NumbersThatAreNotFinite_WritesNothing()
    {
        var timm = ForeignWeights.Timm(Small, 4, null);
        timm["norm.bias"].Values[3] = float.NaN;
        var fault = await Assert.ThrowsAsync<InvalidInputException>(() => ImportAsync(WeightBytes.Safetensors(timm)));
        Assert.Contains("number 3 of \"norm.bias\" is not finite", fault.Message, StringComparison.Ordinal);
        Assert.Empty(PretrainedWeights.Names(_folder.Folders));
    }

    [Fact]
    public async Task Import_NameThatIsTaken_IsReplacedOnlyWhenAsked()
    {
        var first = await ImportAsync(WeightBytes.Safetensors(ForeignWeights.Timm(Small, 4, null)));
        var others = WeightBytes.Safetensors(ForeignWeights.Timm(Small, 4, null, seed: 2));
        Assert.Contains("there are weights vit already", (await Assert.ThrowsAsync<InvalidInputException>(() => ImportAsync(others))).Message, StringComparison.Ordinal);
        Assert.Equal(first.Checksum, PretrainedWeights.Describe(_folder.Folders, "vit").Checksum);
        Assert.NotEqual(first.Checksum, (await ImportAsync(others, replace: true)).Checksum);
        Assert.Equal(["vit"], PretrainedWeights.Names(_folder.Folders));
        Assert.Single(Directory.GetFileSystemEntries(Path.Combine(_folder.Path, PretrainedWeights.Folder)));
    }

    [Fact]
    public async Task Prepare_ImportedWeights_AreStartAndProvenance()
    {
        SmallPictures.WriteHundred(_folder);
        var random = Assert.IsAssignableFrom<Problem<float>>(_workload.Prepare(Options(""), _folder.Folders));
        var timm = ForeignWeights.Timm(Small, 4, null);
        var entry = await ImportAsync(WeightBytes.Safetensors(timm));
        var problem = Assert.IsAssignableFrom<Problem<float>>(_workload.Prepare(Options("vit"), _folder.Folders));
        Assert.Equal(entry.Checksum, problem.DataChecksums["vit.weights"]);
        Assert.Equal(random.DataChecksums.Count + 1, problem.DataChecksums.Count);
        Assert.Equal(problem.DataChecksums, _workload.CurrentChecksums(Options("vit"), _folder.Folders));
        Assert.Null(_workload.CurrentChecksums(Options(""), _folder.Folders));

        var step = problem.Compile(8);
        var x = new float[problem.Parameters.Length];
        step.Initialise(3, x);
        Assert.Equal(timm["cls_token"].Values, problem.Parameters.Segments.Single(s => s.Name == "token1.weight").Of<float>(x).ToArray());
        var g = new float[x.Length];
        var order = new BatchOrder(problem.TrainingExamples, 8, 3);
        var losses = Enumerable.Range(1, 40).Select(t =>
        {
            var loss = step.Run(order.Examples(t), x, g, t).Loss;
            System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(g, -0.1f, x, x);
            return loss;
        }).ToList();
        Assert.True(losses[^4..].Average() < 0.7 * losses[..4].Average(), string.Join(" ", losses));
        var version = _workload.DataVersion(Options("vit"), _folder.Folders);
        await ImportAsync(WeightBytes.Safetensors(ForeignWeights.Timm(Small, 4, null, seed: 2)), replace: true);
        Assert.NotEqual(version, _workload.DataVersion(Options("vit"), _folder.Folders));
    }

    [Theory]
    [InlineData("vit", "there are no weights vit here; bring them in with \"datasets import weights FILE --name vit\"")]
    [InlineData("../vit", "is no name of weights")]
    [InlineData(".vit", "is no name of weights")]
    public void CheckData_NoSuchWeights_SaysWhatToDo(string name, string expected)
    {
        var faults = new FaultList();
        _workload.CheckData(Options(name), _folder.Folders, faults);
        Assert.Contains(expected, Assert.Single(faults.All).Message, StringComparison.Ordinal);
        Assert.Equal("workloadOptions.weights", faults.All[0].Field);
        Assert.Contains(expected, Assert.Throws<InvalidInputException>(() => _workload.Prepare(Options(name), _folder.Folders)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckData_WeightsOfAnotherNetwork_IsRefused()
    {
        var wider = new VisionTransformerSize(32, 8, 24, 2, 3);
        var target = new VisionTransformerWeights(wider, new VisionTransformerCifar100(null, wider).Network(OptionSet.Empty));
        var path = _folder.Write("wider.safetensors", WeightBytes.Safetensors(ForeignWeights.Timm(wider, 4, null)));
        await PretrainedWeights.ImportAsync(path, "vit", target, _folder.Path, replace: false, CancellationToken.None);
        var faults = new FaultList();
        _workload.CheckData(Options("vit"), _folder.Folders, faults);
        Assert.Contains("the weights vit are not those of ViT-S/16", Assert.Single(faults.All).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_DamagedFile_IsASentence()
    {
        await ImportAsync(WeightBytes.Safetensors(ForeignWeights.Timm(Small, 4, null)));
        var path = Path.Combine(_folder.Path, PretrainedWeights.Folder, "vit.weights");
        var valid = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var flipped = (byte[])valid.Clone();
        flipped[^3] ^= 1;
        await File.WriteAllBytesAsync(path, flipped, TestContext.Current.CancellationToken);
        Assert.Contains("The weights vit are damaged", Assert.Throws<InvalidInputException>(() => Load()).Message, StringComparison.Ordinal);
        HostileFiles.Check(valid, content =>
        {
            File.WriteAllBytes(path, content);
            Load();
        });
    }

    [Fact]
    public void Targets_All_AreFoundByTheirIdsAndFitTheirWorkload()
    {
        var target = Assert.Single(WeightsTargets.All);
        Assert.Same(target, WeightsTargets.Find("vit-s16"));
        Assert.Equal(21_704_164, target.Parameters.Sum(p => p.Shape.Aggregate(1, (a, b) => a * b)));
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Npz(Dictionary<string, (int[] Shape, float[] Values)> tensors) =>
        WeightBytes.Npz(CompressionLevel.Fastest, [.. tensors.Select(t => (t.Key + ".npy", WeightBytes.Npy(t.Value.Shape, t.Value.Values)))]);

    private static float[] Start(Network network, int seed)
    {
        var parameters = new float[network.Parameters.Length];
        network.Initialise<float>(seed, parameters);
        return parameters;
    }

    private static float[] Segment(Network network, float[] parameters, string name) => network.Parameters.Segments.Single(s => s.Name == name).Of<float>(parameters).ToArray();

    private Task<WeightsEntry> ImportAsync(byte[] content, bool replace = false) => PretrainedWeights.ImportAsync(
        _folder.Write("model.weights", content), "vit", _workload.Target, _folder.Path, replace, TestContext.Current.CancellationToken);

    private IReadOnlyList<NamedTensor> Load() => PretrainedWeights.Load(_folder.Folders, "vit", _workload.Target).Tensors;

    private Network Loaded() => _workload.Network(Options("vit")).StartingFrom(Load().ToDictionary(t => t.Name, t => t.Values));

    private OptionSet Options(string weights) => OptionSet.Resolve(_workload.Options, new JsonObject { ["weights"] = weights }, "", new FaultList());
}
