using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Metrics;
using Stepsize.Data.Recording;
using Stepsize.Data.Reports;
using Stepsize.Data.Selections;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Workers;

namespace Stepsize.Data.Database;

/// <summary>
/// The database's tables. The same model serves SQLite and PostgreSQL, so it uses nothing that only one of them has: times are whole milliseconds
/// (<see cref="UnixMilliseconds"/>), enumerations their names, arrays little-endian bytes.
/// </summary>
internal sealed class StepsizeContext(DbContextOptions<StepsizeContext> options) : DbContext(options)
{
    public DbSet<SweepEntity> Sweeps => Set<SweepEntity>();

    public DbSet<RunEntity> Runs => Set<RunEntity>();

    public DbSet<EvaluationEntity> Evaluations => Set<EvaluationEntity>();

    public DbSet<MetricChunk> MetricChunks => Set<MetricChunk>();

    public DbSet<IterateChunk> IterateChunks => Set<IterateChunk>();

    public DbSet<LayerChunk> LayerChunks => Set<LayerChunk>();

    public DbSet<CheckpointEntity> Checkpoints => Set<CheckpointEntity>();

    public DbSet<WorkerEntity> Workers => Set<WorkerEntity>();

    public DbSet<CohortEntity> Cohorts => Set<CohortEntity>();

    public DbSet<ReportEntity> Reports => Set<ReportEntity>();

    public DbSet<ReportVersionEntity> ReportVersions => Set<ReportVersionEntity>();

    public DbSet<SelectionEntity> Selections => Set<SelectionEntity>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configuration)
    {
        configuration.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
        configuration.Properties<SweepStatus>().HaveConversion<string>();
        configuration.Properties<CohortStatus>().HaveConversion<string>();
        configuration.Properties<CohortWish>().HaveConversion<string>();
        configuration.Properties<RunStatus>().HaveConversion<string>();
        configuration.Properties<Training.Execution.RunOutcome>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<SweepEntity>(sweep =>
        {
            sweep.HasIndex(s => s.Status);

            // What is in the bin is nowhere else: queries that want it say so with IgnoreQueryFilters.
            sweep.HasQueryFilter(s => s.DeletedAt == null);
            sweep.HasMany(s => s.Runs).WithOne(r => r.Sweep).HasForeignKey(r => r.SweepId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<RunEntity>(run =>
        {
            run.HasIndex(r => r.ConfigurationHash);
            run.HasQueryFilter(r => r.DeletedAt == null && r.Sweep!.DeletedAt == null);

            // A run in the bin may have a successor at its place in the grid.
            run.HasIndex(r => new { r.SweepId, r.Ordinal }).IsUnique().HasFilter("\"DeletedAt\" IS NULL");
            run.HasIndex(r => r.DeletedAt).HasFilter("\"DeletedAt\" IS NOT NULL");

            run.HasIndex(r => r.CohortId).HasFilter("\"CohortId\" IS NOT NULL");

            // Holds all that progress is computed from, so that lists of sweeps never read the wide rows of runs.
            run.HasIndex(r => new { r.SweepId, r.Status, r.Outcome, r.Iterations, r.IterationsPlanned, r.DeletedAt }).HasDatabaseName("IX_Runs_Progress");
            run.HasMany(r => r.Evaluations).WithOne().HasForeignKey(e => e.RunId).OnDelete(DeleteBehavior.Cascade);
            run.HasMany<MetricChunk>().WithOne().HasForeignKey(c => c.RunId).OnDelete(DeleteBehavior.Cascade);
            run.HasMany<IterateChunk>().WithOne().HasForeignKey(c => c.RunId).OnDelete(DeleteBehavior.Cascade);
            run.HasMany<LayerChunk>().WithOne().HasForeignKey(c => c.RunId).OnDelete(DeleteBehavior.Cascade);
            run.HasOne(r => r.Checkpoint).WithOne().HasForeignKey<CheckpointEntity>(c => c.RunId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<CohortEntity>(cohort =>
        {
            cohort.HasIndex(c => c.SweepId);
            cohort.HasIndex(c => c.WorkerId).HasFilter("\"WorkerId\" IS NOT NULL");
            cohort.HasIndex(c => new { c.Priority, c.Id }).IsDescending(true, false).HasFilter("\"Status\" = 'Waiting'")
                .HasDatabaseName("IX_Cohorts_Waiting").IncludeProperties(c => new { c.Queue });
            cohort.HasOne<SweepEntity>().WithMany().HasForeignKey(c => c.SweepId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<ReportEntity>(report =>
        {
            report.HasIndex(r => r.TokenHash).IsUnique();
            report.HasMany(r => r.Versions).WithOne().HasForeignKey(v => v.ReportId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<ReportVersionEntity>().HasKey(v => new { v.ReportId, v.Number });
        model.Entity<EvaluationEntity>().HasKey(e => new { e.RunId, e.Iteration });
        model.Entity<MetricChunk>().HasKey(c => new { c.RunId, c.FirstIteration });
        model.Entity<IterateChunk>().HasKey(c => new { c.RunId, c.FirstIteration });
        model.Entity<LayerChunk>().HasKey(c => new { c.RunId, c.FirstIteration });
        model.Entity<CheckpointEntity>(checkpoint =>
        {
            checkpoint.HasKey(c => c.RunId);
            checkpoint.Property(c => c.RunId).ValueGeneratedNever();
        });
    }
}
