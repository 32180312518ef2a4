using Stepsize.Web.Api.Http.Asking;

namespace Stepsize.Web.Api.Http.Rows;

/// <summary>Parameters of lists that are read page by page.</summary>
internal static class PageParameters
{
    private const int Default = 100;

    public static readonly WholeParameter Limit = new("limit", "Most items of the answer.", 1, 1000) { Default = Default };

    public static readonly WholeParameter Offset = new("offset", "Items passed over.", 0, int.MaxValue) { Default = 0 };

    public static (int Offset, int Limit) Of(ApiQuery query) => (query.Get(Offset) ?? 0, query.Get(Limit) ?? Default);
}

/// <summary>A part of a list.</summary>
public sealed record ApiPage<T>
{
    /// <summary>Items that there are in all, over every page.</summary>
    public required int Total { get; init; }

    /// <summary>Items before those of this page.</summary>
    public required int Offset { get; init; }

    /// <summary>The items of this page.</summary>
    public required IReadOnlyList<T> Items { get; init; }
}
