using System.Runtime.CompilerServices;
using Stepsize.Data.Metrics;

namespace Stepsize.Web.Tests.Fakes;

/// <summary>Columns that follow a rule: value = rule(run, iteration), as many as <paramref name="length"/> says.</summary>
internal sealed class FakeColumnReader(Func<long, int, float>? rule = null, Func<long, int>? length = null) : IColumnReader
{
    public IAsyncEnumerable<StoredColumn> ReadAsync(IReadOnlyList<long> runIds, MetricColumn column, CancellationToken cancellation) =>
        ReadAsync(runIds, column, 1, int.MaxValue, cancellation);

    public async IAsyncEnumerable<StoredColumn> ReadAsync(
        IReadOnlyList<long> runIds, MetricColumn column, int first, int last, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var run in runIds)
        {
            await Task.Yield();
            yield return new StoredColumn(run, [.. Enumerable.Range(1, length?.Invoke(run) ?? 468).Where(i => i >= first && i <= last).Select(i => rule?.Invoke(run, i) ?? (1f / i))]);
        }
    }
}
