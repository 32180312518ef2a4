namespace Stepsize.Data.Selections;

/// <summary>A row of the table of selections: a short name for a long list of runs.</summary>
internal sealed class SelectionEntity
{
    public required string Id { get; set; }

    /// <summary>As <see cref="RunSelection"/> writes it.</summary>
    public required string Runs { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
