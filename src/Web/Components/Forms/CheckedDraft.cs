using System.Text.Json.Nodes;
using Stepsize.Training.Datasets;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;

namespace Stepsize.Web.Components.Forms;

/// <summary>A draft or a text after checking: the sweep, or everything that is wrong with it.</summary>
public sealed class CheckedDraft
{
    private CheckedDraft(SweepSpecification? sweep, IReadOnlyList<Fault> faults, int unnamed = 0)
    {
        Sweep = sweep;
        Faults = faults;
        Unnamed = unnamed;
    }

    /// <summary>Null where there are faults.</summary>
    public SweepSpecification? Sweep { get; }

    public IReadOnlyList<Fault> Faults { get; }

    /// <summary>Faults beyond those that are named.</summary>
    public int Unnamed { get; }

    public static CheckedDraft Of(SweepDraft draft)
    {
        var own = new FaultList();
        return Check(() => SpecificationReader.Read((JsonObject)draft.ToJson(own).DeepClone()), own.All);
    }

    public static CheckedDraft OfText(string json) => Check(() => SpecificationReader.Parse(json), []);

    /// <summary>Nothing to say of a form whose text is being edited: the text's faults are not those of the form's fields.</summary>
    public static CheckedDraft Unchecked { get; } = new(null, []);

    /// <summary>As it is, unless the data that a person brought cannot be trained on as asked: then what is wrong with that.</summary>
    public CheckedDraft WithData(DatasetFolders folders)
    {
        var faults = new FaultList();
        Sweep?.Workload.CheckData(Sweep.WorkloadOptions, folders, faults);
        return faults.Count == 0 ? this : Refused(faults.All);
    }

    public static CheckedDraft Refused(IReadOnlyList<Fault> faults) => new(null, faults);

    /// <summary>Faults of a field and of what is inside it.</summary>
    public IReadOnlyList<Fault> At(string field) =>
        [.. Faults.Where(f => f.Field == field || f.Field.StartsWith(field + "[", StringComparison.Ordinal) || f.Field.StartsWith(field + ".", StringComparison.Ordinal))];

    private static CheckedDraft Check(Func<SweepSpecification> read, IReadOnlyList<Fault> own)
    {
        try
        {
            var sweep = read();
            return own.Count == 0 ? new CheckedDraft(sweep, []) : new CheckedDraft(null, own);
        }
        catch (InvalidInputException e)
        {
            // A range that cannot be read leaves no values: saying both would be saying it twice.
            var rows = own.Select(f => f.Field[..f.Field.LastIndexOf('.')]).ToHashSet(StringComparer.Ordinal);
            return new CheckedDraft(null, [.. own, .. e.Faults.Where(f => !rows.Contains(f.Field.EndsWith(".values", StringComparison.Ordinal) ? f.Field[..^".values".Length] : ""))], e.Unnamed);
        }
    }
}
