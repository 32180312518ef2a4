using Stepsize.Data.Reports;
using Stepsize.Training.Faults;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Reports;

/// <summary>Freezes reports and tells whether what they were made from has changed since.</summary>
public sealed class ReportPublisher(IReportStore store, BlockReader reader)
{
    /// <summary>A report with everything that its blocks show now.</summary>
    /// <exception cref="InvalidInputException">Something it asks for is not there, or it is too large; names every fault.</exception>
    public async Task<FrozenReport> FreezeAsync(string title, IReadOnlyList<ReportBlock> blocks, CancellationToken cancellation)
    {
        var faults = new FaultList();
        ReportLimits.Check(title, blocks, faults);
        faults.ThrowIfAny();
        var frozen = new List<FrozenBlock>();
        foreach (var (index, block) in blocks.Index())
        {
            try
            {
                frozen.Add(await reader.ReadAsync(block, cancellation));
            }
            catch (InvalidInputException e)
            {
                faults.Add($"block {index + 1}", e.Message);
            }
        }

        faults.ThrowIfAny();
        return new FrozenReport(title, frozen);
    }

    /// <summary>Publishes a new version.</summary>
    /// <param name="expiresAt">When its link ends; null for never.</param>
    /// <returns>The version's number; null where the report is gone.</returns>
    /// <exception cref="InvalidInputException">As <see cref="FreezeAsync"/>.</exception>
    public async Task<int?> PublishAsync(long reportId, string title, IReadOnlyList<ReportBlock> blocks, DateTimeOffset? expiresAt, CancellationToken cancellation)
    {
        if (blocks.Count == 0)
        {
            throw new InvalidInputException("blocks", "There is nothing to publish yet; add a block.");
        }

        var content = ReportJson.Write(await FreezeAsync(title, blocks, cancellation));
        if (content.Length > ReportLimits.ContentLength)
        {
            throw new InvalidInputException(
                "blocks",
                $"With all it shows, the report has {NumberText.Whole(content.Length)} characters, and at most {NumberText.Whole(ReportLimits.ContentLength)} are kept; remove figures with many iterations, or make two reports of it.");
        }

        return await store.PublishAsync(reportId, content, ReportToken.New(), expiresAt, cancellation);
    }

    /// <summary>Sources whose results are not any more what they were, each once.</summary>
    public async Task<IReadOnlyList<string>> ChangedAsync(FrozenReport report, CancellationToken cancellation)
    {
        var changed = new List<string>();
        foreach (var block in report.Blocks.Where(b => b.SourceHash is not null && !changed.Contains(b.Source)))
        {
            try
            {
                if ((await reader.ReadAsync(block.Block, cancellation)).SourceHash != block.SourceHash)
                {
                    changed.Add(block.Source);
                }
            }
            catch (InvalidInputException)
            {
                // Deleted since.
                changed.Add(block.Source);
            }
        }

        return changed;
    }
}
