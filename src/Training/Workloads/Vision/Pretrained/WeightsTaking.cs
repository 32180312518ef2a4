using Stepsize.Training.Datasets.Weights;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Workloads.Vision.Pretrained;

/// <summary>A file of weights while its tensors are looked for one after another: what does not fit, and what nobody asked for, is collected.</summary>
internal sealed class WeightsTaking(WeightFile file, FaultList faults)
{
    private readonly Dictionary<string, StoredTensor> _tensors = file.Tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public FaultList Faults => faults;

    public bool Has(string name) => _tensors.ContainsKey(name);

    /// <summary>The tensor, or null and a fault.</summary>
    public StoredTensor? Find(string name)
    {
        _asked.Add(name);
        if (_tensors.TryGetValue(name, out var tensor))
        {
            return tensor;
        }

        faults.Add(WeightFault.Field, $"{WeightFault.Named(name)} is missing.");
        return null;
    }

    /// <summary>Whether the tensor is there with this shape; a fault where it is not.</summary>
    public bool Take(string name, IReadOnlyList<int> shape)
    {
        if (Find(name) is not { } tensor)
        {
            return false;
        }

        if (!tensor.Shape.SequenceEqual(shape))
        {
            Refuse(name, tensor, WeightFault.Axes(shape));
            return false;
        }

        return true;
    }

    public void Refuse(string name, StoredTensor tensor, string wanted) =>
        faults.Add(WeightFault.Field, $"{WeightFault.Named(name)} is {WeightFault.Axes(tensor.Shape)}, and has to be {wanted}.");

    /// <summary>Adds a fault for each tensor that was not asked for: a network that has it computes something else.</summary>
    public void RefuseOthers()
    {
        foreach (var name in _tensors.Keys.Where(name => !_asked.Contains(name)))
        {
            faults.Add(WeightFault.Field, $"{WeightFault.Named(name)} is none of its tensors.");
        }
    }

    public float[] Read(string name) => file.Read(_tensors[name]);
}
