using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;
using Stepsize.Data.Sweeps;

namespace Stepsize.Web.Api.Http.Answers;

/// <summary>
/// Conditional requests: an answer that follows from a state is tagged with it, so that who asks again is told in a few bytes that nothing has changed,
/// before anything large is read.
/// </summary>
internal static class EntityTag
{
    /// <summary>Another build may say the same differently.</summary>
    private static readonly string Build = typeof(EntityTag).Module.ModuleVersionId.ToString("N");

    /// <summary>Everything that is committed of a sweep shows in its summary.</summary>
    public static string StateOf(SweepSummary sweep) =>
        FormattableString.Invariant(
            $"{sweep.Id} {sweep.Revision} {sweep.Name} {sweep.Status} {sweep.Runs} {sweep.RunsFinished} {sweep.RunsDiverged} {sweep.RunsFailed} {sweep.Progress:R} {sweep.StartedAt?.Ticks} {sweep.FinishedAt?.Ticks}");

    public static string StateOf(RunRow run) =>
        FormattableString.Invariant($"{run.Id} {run.Status} {run.Outcome} {run.Iterations} {run.IterationsPlanned} {run.Seconds:R}");

    /// <summary>Tags the answer.</summary>
    /// <returns>The whole answer where the asker has it already, else null.</returns>
    public static IResult? Check(HttpContext context, string state)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Build} {context.Request.Path}{context.Request.QueryString} {state}"));
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(hash.AsSpan(0, 12))}\"", isWeak: true);
        context.Response.GetTypedHeaders().ETag = tag;
        context.Response.Headers.CacheControl = "no-cache";
        var known = context.Request.GetTypedHeaders().IfNoneMatch;
        return known.Any(k => k.Compare(tag, useStrongComparison: false) || k.Equals(EntityTagHeaderValue.Any))
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : null;
    }
}
