namespace Stepsize.Training.Datasets.Tables;

/// <summary>Rows of finite numbers.</summary>
/// <param name="Columns">Names.</param>
/// <param name="Values">Row after row.</param>
internal sealed record NumberTable(IReadOnlyList<string> Columns, double[] Values)
{
    public int Rows => Values.Length / Columns.Count;

    public double this[int row, int column] => Values[(row * Columns.Count) + column];

    /// <summary>Mean and standard deviation (of the population) of each column over the first rows; 1 in place of a deviation of 0.</summary>
    public (double[] Mean, double[] Deviation) Moments(int rows)
    {
        var (mean, deviation) = (new double[Columns.Count], new double[Columns.Count]);
        for (var j = 0; j < Columns.Count; j++)
        {
            for (var i = 0; i < rows; i++)
            {
                mean[j] += this[i, j] / rows;
            }

            for (var i = 0; i < rows; i++)
            {
                var distance = this[i, j] - mean[j];
                deviation[j] += distance * distance / rows;
            }

            // A constant column carries nothing: it becomes 0 instead of NaN.
            deviation[j] = deviation[j] > 0 ? Math.Sqrt(deviation[j]) : 1;
        }

        return (mean, deviation);
    }

    /// <summary>The table with each column's mean taken off and divided by its deviation, both over the first rows.</summary>
    public NumberTable Standardised(int rows)
    {
        var (mean, deviation) = Moments(rows);
        var values = new double[Values.Length];
        for (var k = 0; k < values.Length; k++)
        {
            var column = k % Columns.Count;
            values[k] = (Values[k] - mean[column]) / deviation[column];
        }

        return this with { Values = values };
    }
}
