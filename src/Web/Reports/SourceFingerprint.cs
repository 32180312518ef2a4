using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Web.Views.Curves;

namespace Stepsize.Web.Reports;

/// <summary>
/// SHA-256 over results, in full: two are equal where the results are, whatever the program's version draws of them. Each text stands with its length, so
/// that no two lists of texts are written alike.
/// </summary>
public sealed class SourceFingerprint : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Every run of a sweep with its outcome and evaluations.</summary>
    public SourceFingerprint Add(SweepDetail sweep)
    {
        foreach (var run in sweep.Runs)
        {
            Add(run);
        }

        return this;
    }

    /// <summary>Our side of every cell of a published table.</summary>
    public SourceFingerprint Add(TableComparison comparison)
    {
        foreach (var cell in comparison.Cells.SelectMany(r => r))
        {
            Add(cell.Verdict.ToString(), cell.Reason);
            Add(cell.Ours?.Value ?? double.NaN, cell.Ours?.HalfWidth ?? double.NaN, cell.Ours?.Seeds ?? 0, cell.Ours?.Diverged ?? 0);
            foreach (var run in cell.Runs)
            {
                Add(run.Configuration.Hash);
            }
        }

        return this;
    }

    /// <summary>Curves, point by point.</summary>
    public SourceFingerprint Add(CurvePacket packet)
    {
        Add(packet.Header.First, packet.Header.Last);
        foreach (var (index, series) in packet.Header.Series.Index())
        {
            Add(series.Address, series.Seeds.ToString(CultureInfo.InvariantCulture));
            Add(series.NonFinite ?? 0);
            foreach (var value in packet.Values[index])
            {
                Add(value);
            }
        }

        return this;
    }

    public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    private void Add(RunRow run)
    {
        Add(run.ConfigurationHash, run.Outcome?.ToString() ?? "");
        Add(run.FirstBadIteration ?? 0);
        foreach (var point in run.Evaluations)
        {
            var e = point.Evaluation;
            Add(point.Iteration, e.TrainLoss, e.TrainAccuracy, e.TestLoss, e.TestAccuracy, e.GradientNorm);
            if (!double.IsNaN(e.TestTopFiveAccuracy))
            {
                // Only where it is measured: fingerprints of other sweeps stay what they were.
                Add(e.TestTopFiveAccuracy);
            }
        }
    }

    private void Add(params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            _hash.AppendData(Encoding.UTF8.GetBytes($"{text.Length}:{text}"));
        }
    }

    private void Add(params ReadOnlySpan<double> numbers)
    {
        foreach (var number in numbers)
        {
            Add(number.ToString("R", CultureInfo.InvariantCulture));
        }
    }
}
