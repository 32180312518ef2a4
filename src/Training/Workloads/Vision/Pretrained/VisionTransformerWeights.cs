using Stepsize.Training.Datasets.Weights;
using Stepsize.Training.Faults;
using Stepsize.Training.Networks;

namespace Stepsize.Training.Workloads.Vision.Pretrained;

/// <summary>
/// Takes weights of a vision transformer that others trained, under the names of timm or of Google's files. The position embedding is interpolated where it was
/// learned for pictures of another size. The last layer is taken where it has as many classes; else it starts as the workload says.
/// </summary>
/// <param name="network">The workload's, for names and shapes.</param>
internal sealed class VisionTransformerWeights(VisionTransformerSize size, Network network) : WeightsTarget
{
    private const string Position = "position1.weight";
    private const string HeadWeight = "fc1.weight";
    private const string HeadBias = "fc1.bias";

    public override string Id => "vit-s16";

    public override string Title => "ViT-S/16";

    public override string Workload => VisionTransformerCifar100.WorkloadId;

    internal override IReadOnlyList<(string Name, IReadOnlyList<int> Shape)> Parameters => [.. network.Parameters.Segments.Select(s => (s.Name, s.Shape))];

    internal override bool IsOptional(string parameter) => parameter is HeadWeight or HeadBias;

    internal override MappedWeights Map(WeightFile file, string shown)
    {
        var names = TensorNames.Flax(size) is var flax && file.Tensors.Any(t => t.Name == "embedding/kernel") ? flax : TensorNames.Timm(size);
        var taking = new WeightsTaking(file, new FaultList());
        var values = new Dictionary<string, Func<float[]>>(StringComparer.Ordinal);
        var remarks = new List<string>();
        foreach (var (ours, parts) in names.Parameters)
        {
            // Not LINQ's All: every part's fault is to be named.
            if (parts.Count(part => taking.Take(part.Name, part.Shape)) == parts.Count)
            {
                values[ours] = () => parts is [var only] ? only.Arrange(taking.Read(only.Name)) : [.. parts.SelectMany(part => part.Arrange(taking.Read(part.Name)))];
            }
        }

        TakePositions(names, taking, values, remarks);
        TakeHead(names, taking, values, remarks);
        taking.RefuseOthers();
        if (taking.Faults.Count > 0)
        {
            throw new InvalidInputException(
                [new Fault(WeightFault.Field, $"{shown} does not hold the weights of {Title}, under the names of {names.Program}. Save those of the network itself, such as timm's vit_small_patch16_224."), .. taking.Faults.All],
                taking.Faults.Unnamed);
        }

        return new MappedWeights(
            [.. network.Parameters.Segments.Where(s => values.ContainsKey(s.Name)).Select(s => new NamedTensor(s.Name, s.Shape, values[s.Name]()))], remarks);
    }

    private void TakePositions(TensorNames names, WeightsTaking taking, Dictionary<string, Func<float[]>> values, List<string> remarks)
    {
        var (side, width) = (size.Side / size.Patch, size.Width);
        if (taking.Find(names.Position) is not { } tensor)
        {
            return;
        }

        var theirs = tensor.Shape.Count == 3 ? (int)Math.Round(Math.Sqrt(tensor.Shape[1] - 1)) : 0;
        if (theirs < 1 || !tensor.Shape.SequenceEqual([1, 1 + (theirs * theirs), width]))
        {
            taking.Refuse(names.Position, tensor, $"1×(1 + n²)×{width}, the class token's place and those of n×n patches");
            return;
        }

        if (theirs != side)
        {
            remarks.Add($"The position embedding was interpolated from {theirs}×{theirs} to {side}×{side} patches.");
        }

        values[Position] = () =>
        {
            var learned = taking.Read(names.Position);
            return theirs == side ? learned : [.. learned[..width], .. PositionGrid.Resize(learned.AsSpan(width), theirs, side, width)];
        };
    }

    private void TakeHead(TensorNames names, WeightsTaking taking, Dictionary<string, Func<float[]>> values, List<string> remarks)
    {
        var classes = network.Output[^1];
        if (!taking.Has(names.HeadWeight) && !taking.Has(names.HeadBias))
        {
            remarks.Add($"The file has no last layer: that of {classes} classes starts as the workload says.");
            return;
        }

        var (weight, bias) = (taking.Find(names.HeadWeight), taking.Find(names.HeadBias));
        if (weight is null || bias is null)
        {
            return;
        }

        var theirs = bias.Shape is [var length] ? length : 0;
        int[] shape = names.HeadIsTransposed ? [size.Width, theirs] : [theirs, size.Width];
        if (theirs == 0 || !weight.Shape.SequenceEqual(shape))
        {
            taking.Refuse(names.HeadWeight, weight, $"{(names.HeadIsTransposed ? $"{size.Width}×classes" : $"classes×{size.Width}")}, and {WeightFault.Named(names.HeadBias)} as many classes");
        }
        else if (theirs != classes)
        {
            remarks.Add($"The last layer, of {theirs} classes, is left out: that of {classes} classes starts as the workload says.");
        }
        else
        {
            var part = new TensorPart(names.HeadWeight, shape, names.HeadIsTransposed ? [1, 0] : null);
            values[HeadWeight] = () => part.Arrange(taking.Read(part.Name));
            values[HeadBias] = () => taking.Read(names.HeadBias);
        }
    }
}
