using Microsoft.Extensions.DependencyInjection;
using Stepsize.Data.Reports;

namespace Stepsize.Data.Tests.Reports;

public sealed class ReportStoreTests
{
    [Theory]
    [ClassData(typeof(Providers))]
    public async Task SaveAsync_RevisionThatWasRead_KeepsTheDraft(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var store = Store(database);
        var id = await store.CreateAsync("A report", "[]", Token);
        var read = (await store.FindAsync(id, Token))!;

        Assert.Equal(read.Revision + 1, await store.SaveAsync(id, read.Revision, "Another", "[1]", Token));
        Assert.Null(await store.SaveAsync(id, read.Revision, "Somebody else's", "[2]", Token));

        var now = (await store.FindAsync(id, Token))!;
        Assert.Equal(("Another", "[1]"), (now.Summary.Title, now.Draft));
    }

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task PublishAsync_Again_AddsAVersionUnderTheSameLink(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var store = Store(database);
        var id = await store.CreateAsync("A report", "[]", Token);

        Assert.Equal(1, await store.PublishAsync(id, "one", "first-token", null, Token));
        Assert.Equal(2, await store.PublishAsync(id, "two", "second-token", null, Token));

        Assert.Equal("two", (await store.FindSharedAsync("first-token", Token))!.Content);
        Assert.Null(await store.FindSharedAsync("second-token", Token));
        Assert.Equal("one", (await store.FindVersionAsync(id, 1, Token))!.Content);
        Assert.Equal("two", (await store.FindVersionAsync(id, null, Token))!.Content);
        Assert.Null(await store.FindVersionAsync(id, 3, Token));
        var summary = Assert.Single(await store.ListAsync(Token));
        Assert.Equal((2, "first-token"), (summary.Version, summary.Token));
    }

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task FindSharedAsync_RevokedExpiredOrWrong_IsNull(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var store = Store(database);
        var id = await store.CreateAsync("A report", "[]", Token);
        await store.PublishAsync(id, "content", "token", database.Time.GetUtcNow().AddHours(1), Token);

        Assert.NotNull(await store.FindSharedAsync("token", Token));
        Assert.Null(await store.FindSharedAsync("", Token));
        Assert.Null(await store.FindSharedAsync("TOKEN", Token));
        database.Time.Now += TimeSpan.FromHours(1);
        Assert.Null(await store.FindSharedAsync("token", Token));

        // A link that has ended does not come back: publishing again makes another.
        await store.PublishAsync(id, "content", "other", null, Token);
        Assert.Null(await store.FindSharedAsync("token", Token));
        Assert.NotNull(await store.FindSharedAsync("other", Token));
        await store.RevokeAsync(id, Token);
        Assert.Null(await store.FindSharedAsync("other", Token));
        Assert.Null((await store.FindAsync(id, Token))!.Summary.Token);
    }

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task DeleteAsync_PublishedReport_TakesItsVersionsAndLinkAlong(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var store = Store(database);
        var id = await store.CreateAsync("A report", "[]", Token);
        await store.PublishAsync(id, "content", "token", null, Token);

        await store.DeleteAsync(id, Token);

        Assert.Null(await store.FindAsync(id, Token));
        Assert.Null(await store.FindVersionAsync(id, 1, Token));
        Assert.Null(await store.FindSharedAsync("token", Token));
        Assert.Null(await store.PublishAsync(id, "content", "token", null, Token));
        Assert.Empty(await store.ListAsync(Token));
    }

    private static IReportStore Store(TestDatabase database) => database.Services.GetRequiredService<IReportStore>();
}
