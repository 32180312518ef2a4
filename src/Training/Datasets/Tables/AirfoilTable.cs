using System.Globalization;
using System.Text;
using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Tables;

/// <summary>The airfoil self-noise file: 1503 lines of six numbers, separated by tabs, the last of which is the sound pressure level in dB.</summary>
internal static class AirfoilTable
{
    public const int Rows = 1503;
    public const int Features = 5;
    public const int LongestLine = 200;

    private static readonly string[] Columns =
        ["frequency (Hz)", "angle of attack (°)", "chord length (m)", "free-stream velocity (m/s)", "displacement thickness (m)", "sound pressure level (dB)"];

    /// <param name="path">For the messages.</param>
    /// <param name="rows">How many lines there must be.</param>
    /// <exception cref="InvalidInputException">A line is not six finite numbers, or there are more or fewer lines.</exception>
    public static NumberTable Parse(string path, byte[] content, int rows = Rows)
    {
        var values = new double[rows * Columns.Length];
        var read = 0;
        foreach (var line in TextLines.Read(path, content, Encoding.UTF8, LongestLine))
        {
            if (read == rows)
            {
                throw FileFault.AtLine(path, line.Number, line.Offset, $"the file goes on after {rows} lines");
            }

            var fields = line.Text.Split('\t');
            if (fields.Length != Columns.Length)
            {
                throw FileFault.AtLine(path, line.Number, line.Offset, $"there are {fields.Length} fields where {Columns.Length} numbers separated by tabs must stand");
            }

            for (var j = 0; j < fields.Length; j++)
            {
                values[(read * Columns.Length) + j] =
                    double.TryParse(fields[j], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
                        ? value
                        : throw FileFault.AtLine(path, line.Number, line.Offset, $"field {j + 1} is not a finite number");
            }

            read++;
        }

        return read == rows
            ? new NumberTable(Columns, values)
            : throw FileFault.At(path, content.Length, $"it ends after {read} lines, but must have {rows}");
    }
}
