using System.Numerics;
using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Catalogue;
using Stepsize.Training.Datasets.Tables;
using Stepsize.Training.Options;
using Stepsize.Training.Workloads.Regression;

namespace Stepsize.Training.Workloads;

/// <summary>
/// Linear regression with a bias on the airfoil measurements: all six columns are standardised over the whole file, the first 1500 rows are trained on, the
/// loss is half the mean square, weights start at N(0, 0.01²) (Zhang, Lipton, Li and Smola 2019, sections 10.5 and 10.7).
/// </summary>
public sealed class AirfoilLinear : Workload
{
    private const int TrainingRows = 1500;
    private const int Parameters = AirfoilTable.Features + 1;

    public override string Id => "airfoil-linear";

    public override string Title => "Linear regression on airfoil noise";

    public override string Source => "Zhang, Lipton, Li and Smola (2019), section 10.7";

    public override string Summary => "1500 measurements of five features, by batches of ten: a loss of about 0.243 in two epochs.";

    protected override OptionDefinition Precision => Workloads.Precision.Double;

    public override int DefaultBatchSize => 10;

    public override int DefaultEpochs => 2;

    public override bool KnowsSmoothness => true;

    public override WorkloadSize Measure(OptionSet options) => new(Parameters, TrainingRows, TrainingRows, Parameters, 0);

    public override Problem Prepare(OptionSet options, DatasetFolders datasets)
    {
        var (raw, checksum) = new AirfoilDataset().Load(datasets);
        var table = raw.Standardised(raw.Rows);
        return Workloads.Precision.IsDouble(options, Parameters) ? Build<double>(table, checksum) : Build<float>(table, checksum);
    }

    private static LeastSquaresProblem<T> Build<T>(NumberTable table, string checksum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var data = AffineColumns.Build<T>(TrainingRows, AirfoilTable.Features, (i, j) => table[i, j], i => table[i, AirfoilTable.Features]);
        return new LeastSquaresProblem<T>(data, seed => AffineColumns.Initialise(seed, AirfoilTable.Features))
        {
            Layout = AffineColumns.Layout(AirfoilTable.Features),
            Checksums = new Dictionary<string, string>(StringComparer.Ordinal) { [AirfoilDataset.FileName] = checksum },
        };
    }
}
