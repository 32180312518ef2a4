using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Stepsize.Web.Api.Http.Answers;

namespace Stepsize.Web.Api.Http.Guard;

/// <summary>
/// What takes memory and time before it is answered is done a few at a time, the others wait their turn: many at once would take the memory of all of
/// them together, and training shares the machine.
/// </summary>
internal static class DearRequests
{
    public const string Policy = "dear";

    /// <summary>Those that wait; whoever comes after is told to come again.</summary>
    private const int MostWaiting = 200;

    public static IServiceCollection AddDearRequests(this IServiceCollection services) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable;
        options.OnRejected = async (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = "2";
            await Problems.Of(StatusCodes.Status503ServiceUnavailable, "The server has too much of this to do now; ask again in a few seconds.").ExecuteAsync(rejected.HttpContext);
        };
        options.AddConcurrencyLimiter(Policy, limiter =>
        {
            limiter.PermitLimit = Math.Max(2, Environment.ProcessorCount);
            limiter.QueueLimit = MostWaiting;
            limiter.QueueProcessingOrder = QueueProcessingOrder.OldestFirst;
        });
    });

    /// <summary>Says of an address that it is dear.</summary>
    public static TBuilder IsDear<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.RequireRateLimiting(Policy);
}
