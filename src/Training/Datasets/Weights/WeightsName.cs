using System.Globalization;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Weights;

/// <summary>Names of imported weights: letters, digits, points, hyphens and underscores.</summary>
public static class WeightsName
{
    private const int Longest = 60;

    /// <summary>A name comes from a specification or a command line, which anybody may have written: it must stay within the folder.</summary>
    /// <exception cref="InvalidInputException">It is none.</exception>
    public static void Require(string name, string field)
    {
        if (!IsName(name))
        {
            throw new InvalidInputException(field, string.Create(
                CultureInfo.InvariantCulture, $"{WeightFault.Named(name)} is no name of weights; give up to {Longest} letters, digits, points, hyphens and underscores, such as vit-s16."));
        }
    }

    internal static bool IsName(string name) =>
        name.Length is > 0 and <= Longest && name[0] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}
