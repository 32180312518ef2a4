using System.Numerics;
using Stepsize.Training.Parameters;
using Stepsize.Training.Theory;

namespace Stepsize.Training.Workloads;

/// <summary>
/// A workload with its options fixed and its data loaded: immutable, shared by all runs of a sweep and by all threads.
/// Everything an executor needs to train is behind it.
/// </summary>
public abstract class Problem
{
    public abstract ParameterLayout Parameters { get; }

    /// <summary>Examples an epoch goes through; 1 for problems without data.</summary>
    public abstract int TrainingExamples { get; }

    /// <summary>Measures that its evaluations hold, the one a heatmap shows first.</summary>
    public abstract IReadOnlyList<Measure> Measures { get; }

    /// <summary>Accuracy of always answering the most frequent class of the test set; NaN where nothing is classified.</summary>
    public virtual double ChanceAccuracy => double.NaN;

    /// <summary>
    /// What <see cref="RoundingFloor.Roundings"/> roundings of the numbers that a measure is computed from make of it: a value below is known to be small, and
    /// no more. 0 where nothing is known.
    /// </summary>
    public virtual double RoundingFloorOf(Measure measure) => 0;

    /// <summary>L, the largest curvature of the training loss, where it is known: on a quadratic, plain gradient descent diverges at stepsizes above 2/L.</summary>
    public virtual double? Smoothness => null;

    /// <summary>The largest curvature of the loss of single mini-batches, where it is known and a batch is less than the whole set; null elsewhere.</summary>
    /// <param name="seed">Whose first batches are looked at.</param>
    public virtual BatchCurvature? BatchCurvature(int batchSize, int seed) => null;

    /// <summary>Eigenvalues of a loss that is quadratic, and where a run of a seed starts; null for other losses.</summary>
    public virtual QuadraticSpectrum? Spectrum(int seed) => null;

    /// <summary>Other numbers that theory speaks of, by symbol, such as λ₀: known before training, shown beside its results.</summary>
    public virtual IReadOnlyDictionary<string, double> Constants { get; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>SHA-256 of the data it trains on, by name: recorded as provenance.</summary>
    public virtual IReadOnlyDictionary<string, string> DataChecksums { get; } = new Dictionary<string, string>();

    /// <summary>Bytes of the numbers it computes with: 4 or 8.</summary>
    public abstract int ScalarBytes { get; }
}

/// <summary>A problem that computes in <typeparamref name="T"/>, float or double, as its workload's option <c>precision</c> says.</summary>
public abstract class Problem<T> : Problem
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override int ScalarBytes => System.Runtime.CompilerServices.Unsafe.SizeOf<T>();

    /// <summary>Allocates everything that training with this batch size needs, once; its steps then allocate nothing.</summary>
    public abstract TrainingStep<T> Compile(int batchSize);

    /// <summary>The same step, to the bit, which may do parts of an iteration on threads that are free.</summary>
    public virtual TrainingStep<T> Compile(int batchSize, IPartRunner runner) => Compile(batchSize);

    /// <summary>Runs up to which making iterations together saves time; 1 where they have nothing in common.</summary>
    public virtual int LockstepWidth => 1;

    /// <summary>What makes the iterations of several runs together.</summary>
    /// <param name="runs">Most runs at a time.</param>
    public virtual Lockstep<T> CompileLockstep(int batchSize, int runs) => new();
}
