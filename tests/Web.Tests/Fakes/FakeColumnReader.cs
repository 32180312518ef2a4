using System.Runtime.CompilerServices;
using Stepsize.Data.Metrics;

namespace Stepsize.Web.Tests.Fakes;

/// <summary>Columns that follow a rule: value = rule(run, iteration), as many as <paramref name="length"/> says.</summary>
internal sealed class FakeColumnReader(Func<long, int, float>? rule = null, Func<long, int>? length = null) : IColumnReader
{
    public async IAsyncEnumerable<StoredColumn> ReadAsync(
        IReadOnlyList<long> runIds, MetricColumn column, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var run in runIds)
        {
            await Task.Yield();
            yield return new StoredColumn(run, [.. Enumerable.Range(1, length?.Invoke(run) ?? 468).Select(i => rule?.Invoke(run, i) ?? (1f / i))]);
        }
    }
}
