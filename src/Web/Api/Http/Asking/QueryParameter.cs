using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Stepsize.Training.Faults;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Api.Http.Asking;

/// <summary>
/// A parameter of a query string: what it is called, what it may be, how it is read. Declared once; the reader refuses and the description says the same.
/// </summary>
/// <param name="Name">As it stands in the address.</param>
/// <param name="Description">A sentence or two for the person who writes the address.</param>
internal abstract record QueryParameter(string Name, string Description)
{
    /// <summary>An example of its value.</summary>
    public JsonNode? Example { get; init; }

    /// <summary>For the OpenAPI document.</summary>
    public abstract OpenApiSchema Schema { get; }

    /// <summary>Whether it stands for a list; a list may be given as <c>a,b</c> and by repeating the parameter.</summary>
    public virtual bool IsList => false;

    /// <param name="text">Trimmed, and not empty.</param>
    public abstract object? ReadAny(string text, FaultList faults);
}

/// <summary>A parameter whose value is read as <typeparamref name="T"/>.</summary>
internal abstract record QueryParameter<T>(string Name, string Description) : QueryParameter(Name, Description)
{
    /// <param name="text">Trimmed, and not empty.</param>
    /// <param name="faults">Takes what is wrong with it, all of it.</param>
    /// <returns>Null where there is a fault.</returns>
    public abstract T? Read(string text, FaultList faults);

    public sealed override object? ReadAny(string text, FaultList faults) => Read(text, faults);
}

/// <summary>A whole number in a range.</summary>
internal sealed record WholeParameter(string Name, string Description, int Minimum, int Maximum) : QueryParameter<int?>(Name, Description)
{
    public int? Default { get; init; }

    public override OpenApiSchema Schema => new()
    {
        Type = JsonSchemaType.Integer,
        Format = "int32",
        Minimum = Minimum.ToString(CultureInfo.InvariantCulture),
        Maximum = Maximum.ToString(CultureInfo.InvariantCulture),
        Default = Default is { } value ? JsonValue.Create(value) : null,
    };

    public override int? Read(string text, FaultList faults)
    {
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= Minimum && number <= Maximum)
        {
            return number;
        }

        faults.Add(Name, $"\"{Quoting.Short(text)}\" is not allowed; give a whole number from {Minimum} to {Maximum}.");
        return null;
    }
}

/// <summary>One of a few words.</summary>
internal sealed record WordParameter<T>(string Name, string Description, IReadOnlyDictionary<string, T> Words) : QueryParameter<T?>(Name, Description)
    where T : struct
{
    public override OpenApiSchema Schema => new() { Type = JsonSchemaType.String, Enum = [.. Words.Keys.Select(w => (JsonNode)w)] };

    public override T? Read(string text, FaultList faults)
    {
        if (Words.TryGetValue(text, out var value))
        {
            return value;
        }

        faults.Add(Name, $"\"{Quoting.Short(text)}\" is not allowed; allowed: {string.Join(", ", Words.Keys)}.");
        return null;
    }
}

/// <summary>Any text, to be understood by the operation.</summary>
internal sealed record TextParameter(string Name, string Description, int MaximumLength) : QueryParameter<string>(Name, Description)
{
    public override OpenApiSchema Schema => new() { Type = JsonSchemaType.String, MaxLength = MaximumLength };

    public override string? Read(string text, FaultList faults)
    {
        if (text.Length <= MaximumLength)
        {
            return text;
        }

        faults.Add(Name, $"has {text.Length} characters; give at most {MaximumLength}.");
        return null;
    }
}
