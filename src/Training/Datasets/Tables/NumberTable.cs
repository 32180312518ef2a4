namespace Stepsize.Training.Datasets.Tables;

/// <summary>Rows of finite numbers.</summary>
/// <param name="Columns">Names.</param>
/// <param name="Values">Row after row.</param>
internal sealed record NumberTable(IReadOnlyList<string> Columns, double[] Values)
{
    /// <summary>Below it, squares begin to lose digits.</summary>
    private const double SmallestSquare = 1e-280;

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

            deviation[j] = deviation[j] >= SmallestSquare ? Math.Sqrt(deviation[j]) : SmallDeviation(j, rows, mean[j]);

            // A constant column carries nothing: it becomes 0 instead of NaN.
            deviation[j] = deviation[j] > 0 ? deviation[j] : 1;
        }

        return (mean, deviation);
    }

    /// <summary>The table with the mean of a column's first rows in place of what is not a number in it; 0 where none of them is one.</summary>
    public NumberTable Completed(int rows)
    {
        if (!Array.Exists(Values, double.IsNaN))
        {
            return this;
        }

        var values = Values.ToArray();
        for (var j = 0; j < Columns.Count; j++)
        {
            var present = Enumerable.Range(0, rows).Select(i => this[i, j]).Where(v => !double.IsNaN(v)).ToList();
            var mean = present.Count > 0 ? present.Sum(v => v / present.Count) : 0;
            for (var k = j; k < values.Length; k += Columns.Count)
            {
                values[k] = double.IsNaN(values[k]) ? mean : values[k];
            }
        }

        return this with { Values = values };
    }

    /// <summary>The deviation where squares of small distances fall below what numbers hold, and would make a constant of a column that is none.</summary>
    private double SmallDeviation(int column, int rows, double mean)
    {
        var largest = 0.0;
        for (var i = 0; i < rows; i++)
        {
            largest = Math.Max(largest, Math.Abs(this[i, column] - mean));
        }

        var sum = 0.0;
        for (var i = 0; i < rows && largest > 0; i++)
        {
            var distance = (this[i, column] - mean) / largest;
            sum += distance * distance / rows;
        }

        return Math.Sqrt(sum) * largest;
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
