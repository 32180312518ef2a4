using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using Stepsize.Data.Database;

namespace Stepsize.Data.Migrations;

/// <summary>
/// The model that all migrations together build. Written by hand like them: a test compares it with the model of <see cref="StepsizeContext"/> on each
/// provider, so a change of the model without a migration does not pass.
/// </summary>
[DbContext(typeof(StepsizeContext))]
internal sealed class StepsizeContextSnapshot : ModelSnapshot
{
    protected override void BuildModel(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity("Stepsize.Data.Sweeps.SweepEntity", b =>
        {
            b.Property<long>("Id").ValueGeneratedOnAdd()
                .HasAnnotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);
            b.Property<string>("Name").IsRequired();
            b.Property<string>("Workload").IsRequired();
            b.Property<string>("Specification").IsRequired();
            b.Property<string>("Status").IsRequired();
            b.Property<long>("CreatedAt");
            b.Property<long?>("StartedAt");
            b.Property<long?>("FinishedAt");
            b.Property<long?>("ResumedAt");
            b.Property<long>("IterationsAtResume");
            b.Property<long?>("DeletedAt");
            b.Property<long>("Revision");
            b.Property<int>("Priority");
            b.HasKey("Id");
            b.HasIndex("Status");
            b.ToTable("Sweeps");
        });
        modelBuilder.Entity("Stepsize.Data.Sweeps.RunEntity", b =>
        {
            b.Property<long>("Id").ValueGeneratedOnAdd()
                .HasAnnotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);
            b.Property<long>("SweepId");
            b.Property<int>("Ordinal");
            b.Property<int>("Row");
            b.Property<double>("AxisValue");
            b.Property<int>("Seed");
            b.Property<string>("ConfigurationHash").IsRequired();
            b.Property<string>("Status").IsRequired();
            b.Property<string>("Outcome");
            b.Property<int?>("FirstBadIteration");
            b.Property<int>("Iterations");
            b.Property<int>("IterationsPlanned");
            b.Property<double>("Seconds");
            b.Property<string>("Error");
            b.Property<string>("Provenance");
            b.Property<byte[]>("FinalParameters");
            b.Property<long?>("DeletedAt");
            b.Property<long?>("CohortId");
            b.Property<long>("Fence");
            b.HasKey("Id");
            b.HasIndex("ConfigurationHash");
            b.HasIndex("CohortId").HasFilter("\"CohortId\" IS NOT NULL");
            b.HasIndex("SweepId", "Ordinal").IsUnique().HasFilter("\"DeletedAt\" IS NULL");
            b.HasIndex("DeletedAt").HasFilter("\"DeletedAt\" IS NOT NULL");
            b.HasIndex("SweepId", "Status", "Outcome", "Iterations", "IterationsPlanned", "DeletedAt").HasDatabaseName("IX_Runs_Progress");
            b.HasOne("Stepsize.Data.Sweeps.SweepEntity", null).WithMany().HasForeignKey("SweepId").OnDelete(DeleteBehavior.Cascade).IsRequired();
            b.ToTable("Runs");
        });
        modelBuilder.Entity("Stepsize.Data.Sweeps.EvaluationEntity", b =>
        {
            b.Property<long>("RunId");
            b.Property<int>("Iteration");
            b.Property<double>("Epoch");
            b.Property<double?>("TrainLoss");
            b.Property<double?>("TrainAccuracy");
            b.Property<double?>("TestLoss");
            b.Property<double?>("TestAccuracy");
            b.Property<double?>("TestTopFiveAccuracy");
            b.Property<double?>("GradientNorm");
            b.HasKey("RunId", "Iteration");
            b.HasOne("Stepsize.Data.Sweeps.RunEntity", null).WithMany().HasForeignKey("RunId").OnDelete(DeleteBehavior.Cascade).IsRequired();
            b.ToTable("Evaluations");
        });
        modelBuilder.Entity("Stepsize.Data.Metrics.MetricChunk", b =>
        {
            b.Property<long>("RunId");
            b.Property<int>("FirstIteration");
            b.Property<int>("Count");
            b.Property<byte[]>("Loss").IsRequired();
            b.Property<byte[]>("Accuracy").IsRequired();
            b.Property<byte[]>("Stepsize").IsRequired();
            b.HasKey("RunId", "FirstIteration");
            b.HasOne("Stepsize.Data.Sweeps.RunEntity", null).WithMany().HasForeignKey("RunId").OnDelete(DeleteBehavior.Cascade).IsRequired();
            b.ToTable("MetricChunks");
        });
        modelBuilder.Entity("Stepsize.Data.Metrics.IterateChunk", b =>
        {
            b.Property<long>("RunId");
            b.Property<int>("FirstIteration");
            b.Property<int>("Count");
            b.Property<byte[]>("Values").IsRequired();
            b.HasKey("RunId", "FirstIteration");
            b.HasOne("Stepsize.Data.Sweeps.RunEntity", null).WithMany().HasForeignKey("RunId").OnDelete(DeleteBehavior.Cascade).IsRequired();
            b.ToTable("IterateChunks");
        });
        modelBuilder.Entity("Stepsize.Data.Metrics.LayerChunk", b =>
        {
            b.Property<long>("RunId");
            b.Property<int>("FirstIteration");
            b.Property<int>("Count");
            b.Property<string>("Names").IsRequired();
            b.Property<byte[]>("Gradient").IsRequired();
            b.Property<byte[]>("Update").IsRequired();
            b.Property<byte[]>("Stepsize").IsRequired();
            b.HasKey("RunId", "FirstIteration");
            b.HasOne("Stepsize.Data.Sweeps.RunEntity", null).WithMany().HasForeignKey("RunId").OnDelete(DeleteBehavior.Cascade).IsRequired();
            b.ToTable("LayerChunks");
        });
        modelBuilder.Entity("Stepsize.Data.Recording.CheckpointEntity", b =>
        {
            b.Property<long>("RunId");
            b.Property<int>("Iteration");
            b.Property<byte[]>("State").IsRequired();
            b.Property<double>("Seconds");
            b.HasKey("RunId");
            b.HasOne("Stepsize.Data.Sweeps.RunEntity", null).WithOne().HasForeignKey("Stepsize.Data.Recording.CheckpointEntity", "RunId")
                .OnDelete(DeleteBehavior.Cascade).IsRequired();
            b.ToTable("Checkpoints");
        });
        modelBuilder.Entity("Stepsize.Data.Workers.WorkerEntity", b =>
        {
            b.Property<long>("Id").ValueGeneratedOnAdd()
                .HasAnnotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);
            b.Property<string>("Name").IsRequired();
            b.Property<string>("Host").IsRequired();
            b.Property<int>("Pid");
            b.Property<string>("Version").IsRequired();
            b.Property<string>("Device").IsRequired();
            b.Property<string>("Queues").IsRequired();
            b.Property<int>("Slots");
            b.Property<long>("StartedAt");
            b.Property<long>("BeatAt");
            b.Property<bool>("Draining");
            b.Property<double>("IterationsPerSecond");
            b.Property<string>("Remark");
            b.HasKey("Id");
            b.ToTable("Workers");
        });
        modelBuilder.Entity("Stepsize.Data.Workers.CohortEntity", b =>
        {
            b.Property<long>("Id").ValueGeneratedOnAdd()
                .HasAnnotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);
            b.Property<long>("SweepId");
            b.Property<string>("Queue").IsRequired();
            b.Property<int>("Priority");
            b.Property<string>("Status").IsRequired();
            b.Property<long?>("WorkerId");
            b.Property<long>("Fence");
            b.Property<long?>("LeasedUntil");
            b.Property<string>("Wish").IsRequired();
            b.Property<int>("Attempts");
            b.Property<long?>("TicketAt");
            b.Property<long>("CreatedAt");
            b.Property<long?>("ClaimedAt");
            b.Property<long>("IterationsAtClaim");
            b.HasKey("Id");
            b.HasIndex("SweepId");
            b.HasIndex("WorkerId").HasFilter("\"WorkerId\" IS NOT NULL");
            b.HasIndex("Priority", "Id").IsDescending(true, false).HasFilter("\"Status\" = 'Waiting'").HasDatabaseName("IX_Cohorts_Waiting")
                .HasAnnotation("Npgsql:IndexInclude", new[] { "Queue" });
            b.HasOne("Stepsize.Data.Sweeps.SweepEntity", null).WithMany().HasForeignKey("SweepId").OnDelete(DeleteBehavior.Cascade).IsRequired();
            b.ToTable("Cohorts");
        });
        modelBuilder.Entity("Stepsize.Data.Reports.ReportEntity", b =>
        {
            b.Property<long>("Id").ValueGeneratedOnAdd()
                .HasAnnotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);
            b.Property<string>("Title").IsRequired();
            b.Property<string>("Draft").IsRequired();
            b.Property<int>("Revision");
            b.Property<long>("CreatedAt");
            b.Property<long>("ChangedAt");
            b.Property<string>("Token");
            b.Property<string>("TokenHash");
            b.Property<long?>("ExpiresAt");
            b.HasKey("Id");
            b.HasIndex("TokenHash").IsUnique();
            b.ToTable("Reports");
        });
        modelBuilder.Entity("Stepsize.Data.Reports.ReportVersionEntity", b =>
        {
            b.Property<long>("ReportId");
            b.Property<int>("Number");
            b.Property<long>("PublishedAt");
            b.Property<string>("Content").IsRequired();
            b.HasKey("ReportId", "Number");
            b.HasOne("Stepsize.Data.Reports.ReportEntity", null).WithMany().HasForeignKey("ReportId").OnDelete(DeleteBehavior.Cascade).IsRequired();
            b.ToTable("ReportVersions");
        });
        modelBuilder.Entity("Stepsize.Data.Selections.SelectionEntity", b =>
        {
            b.Property<string>("Id");
            b.Property<string>("Runs").IsRequired();
            b.Property<long>("CreatedAt");
            b.HasKey("Id");
            b.ToTable("Selections");
        });
    }
}
