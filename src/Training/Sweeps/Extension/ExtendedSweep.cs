using Stepsize.Training.Faults;

namespace Stepsize.Training.Sweeps.Extension;

/// <summary>A sweep with an extension added.</summary>
/// <param name="Specification">Checked like any other; its runs hold those of the sweep where the length is kept.</param>
/// <param name="IsLonger">
/// Whether runs are longer than they were. No run of the sweep is part of it then: an optimizer may see how long it will train, so that a longer run
/// is not a shorter one continued, and its configuration has another hash.
/// </param>
public sealed record ExtendedSweep(SweepSpecification Specification, bool IsLonger)
{
    /// <exception cref="InvalidInputException">The length is no greater, of the other unit, or the extended sweep is not allowed; names every fault.</exception>
    public static ExtendedSweep Of(SweepSpecification sweep, SweepExtension extension)
    {
        CheckLength(sweep, extension);
        var isLonger = extension.Epochs is not null || extension.Iterations is not null;
        var extended = sweep with
        {
            Optimizers = Join(sweep.Optimizers, extension.Optimizers),
            Seeds = [.. sweep.Seeds.Concat(extension.Seeds).Distinct()],
            Epochs = extension.Epochs ?? sweep.Epochs,
            Iterations = extension.Iterations ?? sweep.Iterations,
        };
        if (isLonger)
        {
            // Measured where the shorter runs ended, the two can be compared.
            extended = extended with
            {
                Name = NameOf(sweep, extended),
                EvaluateAtEpochs = sweep.Epochs is { } epochs ? [.. sweep.EvaluateAtEpochs.Append(epochs).Distinct().Order()] : sweep.EvaluateAtEpochs,
                EvaluateAtIterations = sweep.Iterations is { } iterations
                    ? [.. sweep.EvaluateAtIterations.Append(iterations).Distinct().Order()]
                    : sweep.EvaluateAtIterations,
            };
        }

        return new ExtendedSweep(SpecificationReader.Read(SpecificationWriter.ToJson(extended)), isLonger);
    }

    private static void CheckLength(SweepSpecification sweep, SweepExtension extension)
    {
        var faults = new FaultList();
        Check("epochs", extension.Epochs, sweep.Epochs, $"its runs are {sweep.Iterations} iterations long; give iterations");
        Check("iterations", extension.Iterations, sweep.Iterations, $"its runs are {sweep.Epochs} epochs long; give epochs");
        faults.ThrowIfAny();

        void Check(string field, int? wanted, int? there, string otherwise)
        {
            if (wanted is { } length && there is null)
            {
                faults.Add(field, $"{length} is not allowed here: {otherwise}.");
            }
            else if (wanted <= there)
            {
                faults.Add(field, $"{wanted} is not more than the {there} that the sweep has; give more, or leave it out.");
            }
        }
    }

    private static List<OptimizerGrid> Join(IReadOnlyList<OptimizerGrid> rows, IReadOnlyList<OptimizerGrid> added)
    {
        var joined = rows.ToList();
        foreach (var grid in added)
        {
            var row = joined.FindIndex(r => IsSameRow(r, grid));
            if (row < 0)
            {
                joined.Add(grid);
            }
            else
            {
                joined[row] = joined[row] with { Values = Merge(joined[row].Values, grid.Values) };
            }
        }

        return joined;
    }

    private static bool IsSameRow(OptimizerGrid a, OptimizerGrid b) =>
        a.Optimizer == b.Optimizer && a.Axis == b.Axis && a.Options.ToJson().ToJsonString() == b.Options.ToJson().ToJsonString();

    /// <summary>A list in ascending order stays in it; any other keeps its own, and the new values follow.</summary>
    private static IReadOnlyList<double> Merge(IReadOnlyList<double> there, IReadOnlyList<double> added)
    {
        var all = there.Concat(added).Distinct();
        return there.SequenceEqual(there.Order()) ? [.. all.Order()] : [.. all];
    }

    /// <summary>The name with the new length behind it, in place of the one that an earlier extension put there.</summary>
    private static string NameOf(SweepSpecification sweep, SweepSpecification extended)
    {
        var before = Suffix(sweep);
        var name = sweep.Name.EndsWith(before, StringComparison.Ordinal) ? sweep.Name[..^before.Length] : sweep.Name;
        var suffix = Suffix(extended);
        return name[..Math.Min(name.Length, SpecificationReader.MaximumNameLength - suffix.Length)] + suffix;

        static string Suffix(SweepSpecification s) => s.Epochs is { } epochs ? $", {epochs} epochs" : $", {s.Iterations} iterations";
    }
}
