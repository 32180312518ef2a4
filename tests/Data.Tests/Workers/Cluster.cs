using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Recording;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Workers;
using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Tests.Workers;

/// <summary>A PostgreSQL database with workers that exist as rows alone.</summary>
internal sealed class Cluster(TestDatabase database) : IAsyncDisposable
{
    public TestDatabase Database => database;

    public IWorkerRegistry Registry => database.Get<IWorkerRegistry>();

    public ICohortClaims Claims => database.Get<ICohortClaims>();

    public ICohortKeeper Keeper => database.Get<ICohortKeeper>();

    public static async Task<Cluster> CreateAsync() => new(await TestDatabase.CreateAsync(Provider.PostgreSql));

    public Task<long> RegisterAsync(string name = "one") =>
        Registry.RegisterAsync(new WorkerDescription(name, "host", 1, "1.0", "CPU", [CohortQueues.Cpu], 1), Token);

    /// <summary>A sweep of runs so long that each cohort has four of a seed, or as many as there are.</summary>
    public static SweepSpecification Sweep(int values = 8, int seeds = 1) => SpecificationReader.Parse(
        $$"""
        {
          "name": "A long sweep", "workload": "quadratic-2d", "iterations": 100000000, "evaluateAtIterations": [],
          "optimizers": [ { "id": "sgd-constant", "values": [{{string.Join(", ", Enumerable.Range(1, values))}}] } ],
          "seeds": [{{string.Join(", ", Enumerable.Range(0, seeds))}}]
        }
        """);

    public Task<long> LaunchAsync(int values = 8, int seeds = 1) => database.Store.CreateAsync(Sweep(values, seeds), Token);

    public Task<CohortClaim?> ClaimAsync(long worker, params long[] refused) => Claims.ClaimAsync(worker, CohortQueues.Cpu, refused, Token);

    /// <summary>A recorder under the claim; what it loses is added to the list.</summary>
    public CohortRecorder Open(CohortClaim claim, List<long?> lost) => database.Recording.Open(() => { }, Token, claim.Fence, lost.Add);

    /// <summary>Starts every run of the claim and records its first iterations, with a checkpoint.</summary>
    public async Task<CohortRecorder> TrainAsync(CohortClaim claim, List<long?> lost, int iterations = 10)
    {
        var recorder = Open(claim, lost);
        foreach (var run in claim.Work!.Runs)
        {
            recorder.Started(run, Sample.Provenance);
            recorder.Record(run, Sample.Segment(run.Key, (run.ResumeFrom?.Iteration ?? 0) + 1, (run.ResumeFrom?.Iteration ?? 0) + iterations));
        }

        await recorder.FlushAsync();
        return recorder;
    }

    /// <summary>Records more of every run, and the end of each where that is asked for.</summary>
    public static async Task GoOnAsync(CohortRecorder recorder, CohortClaim claim, int made, int last, bool ends)
    {
        foreach (var run in claim.Work!.Runs)
        {
            recorder.Record(run, Sample.Segment(run.Key, made + 1, last, ends ? Sample.Result(last) : null));
        }

        await recorder.FlushAsync();
    }

    /// <summary>As if no word had come for longer than a lease.</summary>
    public Task ExpireAsync() => ExecuteAsync("""UPDATE "Cohorts" SET "LeasedUntil" = 1 WHERE "Status" = 'Held'""");

    public async Task ExecuteAsync(string sql)
    {
        await using var context = database.OpenContext();
        await context.Database.ExecuteSqlRawAsync(sql, Token);
    }

    public async Task<IReadOnlyList<CohortEntity>> CohortsAsync()
    {
        await using var context = database.OpenContext();
        return await context.Cohorts.AsNoTracking().OrderBy(c => c.Id).ToListAsync(Token);
    }

    public async Task<SweepDetail> SweepAsync(long id) => (await database.Store.FindAsync(id, Token))!;

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
