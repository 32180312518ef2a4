using System.Text;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Sweeps.Presets;

namespace Stepsize.Web.Commands.Sweeps;

/// <summary>Finds the sweep that a person names: a preset, else a file.</summary>
internal static class SweepSource
{
    /// <exception cref="InvalidInputException">There is no such preset or file, or the specification has faults.</exception>
    public static SweepSpecification Load(string name)
    {
        if (PresetRegistry.Find(name) is { } preset)
        {
            return preset.Specification;
        }

        if (File.Exists(name))
        {
            return Parse(name, Read(name));
        }

        if (Directory.Exists(name))
        {
            throw new InvalidInputException("", $"\"{name}\" is a folder; name a file with a sweep specification, or a preset: {Presets()}.");
        }

        var looksLikeFile = name.Contains('/') || name.Contains('\\') || name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        throw new InvalidInputException("", looksLikeFile
            ? $"There is no file \"{name}\"; check the path, or name a preset: {Presets()}."
            : $"\"{name}\" is neither a preset nor a file{Suggestion(name)}; presets: {Presets()}.");
    }

    private static string Read(string file)
    {
        try
        {
            // Read and counted, not asked for its length: a pipe, which may stand for a file, says that it has none.
            using var stream = File.OpenRead(file);
            var bytes = new byte[SpecificationLimits.MostBytes + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > SpecificationLimits.MostBytes)
            {
                throw new InvalidInputException(file, $"is larger than {SpecificationLimits.MostBytes >> 20} MiB; a sweep specification is a small JSON file.");
            }

            var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes, 0, length);

            // Editors may put a byte order mark before the text.
            return text.TrimStart('\ufeff');
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidInputException(file, "is not UTF-8 text; a sweep specification is a JSON file in UTF-8.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(file, $"cannot be read ({e.Message}); check the path and its permissions.");
        }
    }

    private static SweepSpecification Parse(string file, string text)
    {
        try
        {
            return SpecificationReader.Parse(text);
        }
        catch (InvalidInputException e)
        {
            throw new InvalidInputException([.. e.Faults.Select(f => new Fault(f.Field.Length == 0 ? file : $"{file}: {f.Field}", f.Message))], e.Unnamed);
        }
    }

    private static string Presets() => string.Join(", ", PresetRegistry.All.Select(p => p.Id));

    private static string Suggestion(string name) =>
        NearestName.Find(name, PresetRegistry.All.Select(p => p.Id)) is { } nearest ? $"; did you mean {nearest}" : "";
}
