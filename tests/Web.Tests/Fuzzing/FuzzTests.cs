using System.Collections.Concurrent;
using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Tests;
using Stepsize.Web.Tests.Api;
using Xunit;

namespace Stepsize.Web.Tests.Fuzzing;

/// <summary>
/// Whatever is asked, in whatever words: nothing fails, what is refused is refused soon, and answers are bounded. The cases are the same at every run.
/// </summary>
[Collection(ApiCollection.Name)]
public sealed class FuzzTests(ApiServer server)
{
    private const ulong Seed = 20261128;
    private const int Specifications = 2500;
    private const int Queries = 1500;

    /// <summary>Of generated texts: how long lists and words get.</summary>
    private const int Size = 30;

    private const int LongestRefusal = 512 << 10;
    private const int LongestAnswer = 16 << 20;

    private static readonly ParallelOptions Four = new() { MaxDegreeOfParallelism = 4 };

    [Fact]
    public async Task Specifications_Generated_AreReadOrRefusedSoonAndShortly()
    {
        var faults = new ConcurrentBag<string>();
        var (read, refused) = (0, 0);
        await Parallel.ForEachAsync(SpecificationTexts.All.Sample(Specifications, new Rnd(Seed), Size), Four, async (generated, token) =>
        {
            // As it comes out of the wire: half of a surrogate pair does not go in.
            var text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(generated));
            if (Reads(text))
            {
                // It would be launched; what becomes of those that are right is not asked here.
                Interlocked.Increment(ref read);
                return;
            }

            Interlocked.Increment(ref refused);
            await AskAsync(() => new(HttpMethod.Post, "/api/sweeps") { Content = Utf8(text) }, text, status => status is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge, LongestRefusal, faults, token);
        });

        Assert.True(faults.IsEmpty, string.Join(Environment.NewLine, faults.Take(5)));

        // The texts try both: otherwise the grammar would say nothing.
        Assert.InRange(read, Specifications / 50, Specifications);
        Assert.InRange(refused, Specifications / 4, Specifications);
    }

    [Fact]
    public async Task Queries_Generated_AreAnsweredOrRefusedSoonAndShortly()
    {
        var faults = new ConcurrentBag<string>();
        var statuses = new ConcurrentDictionary<HttpStatusCode, int>();
        await Parallel.ForEachAsync(Addresses.All.Sample(Queries, new Rnd(Seed), Size), Four, async (address, token) =>
        {
            await AskAsync(() => new(HttpMethod.Get, address), address, status =>
            {
                statuses.AddOrUpdate(status, 1, (_, n) => n + 1);
                return (int)status < 500;
            }, LongestAnswer, faults, token);
        });

        Assert.True(faults.IsEmpty, string.Join(Environment.NewLine, faults.Take(5)));
        Assert.Superset(new HashSet<HttpStatusCode> { HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.NotFound }, statuses.Keys.ToHashSet());
    }

    private static bool Reads(string text)
    {
        return InGoodTime.Run(Read, () => Short(text));

        bool Read()
        {
            try
            {
                var sweep = SpecificationReader.Parse(text);
                Assert.InRange(sweep.RunCount, 1, SpecificationLimits.MostRuns);
                return true;
            }
            catch (InvalidInputException)
            {
                return false;
            }
        }
    }

    private async Task AskAsync(Func<HttpRequestMessage> request, string what, Func<HttpStatusCode, bool> isAllowed, int longest, ConcurrentBag<string> faults, CancellationToken cancellation)
    {
        try
        {
            var (status, body) = await InGoodTime.RunAsync(
                async () =>
                {
                    using var asked = request();
                    using var response = await server.Client.SendAsync(asked, cancellation);
                    return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellation));
                },
                () => Short(what));
            var wrong = !isAllowed(status) ? $"{(int)status} {Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(300, body.Length)))}"
                : body.Length > longest ? $"an answer of {body.Length} bytes"
                : null;
            if (wrong is not null)
            {
                faults.Add($"{wrong} ← {Short(what)}");
            }
        }
        catch (HttpRequestException e)
        {
            faults.Add($"{e.Message} ← {Short(what)}");
        }
    }

    private static ByteArrayContent Utf8(string text) => new(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new("application/json") } };

    private static string Short(string text) => text.Length <= 400 ? text : $"{text[..400]}… ({text.Length} characters)";
}
