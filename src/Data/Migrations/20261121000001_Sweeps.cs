using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using Stepsize.Data.Database;

namespace Stepsize.Data.Migrations;

/// <summary>
/// Sweeps, runs, evaluations and per-iteration columns. Column types are left to the provider, and each annotation is read only by the provider it
/// names, so that the same migration builds SQLite and PostgreSQL.
/// </summary>
[DbContext(typeof(StepsizeContext))]
[Migration("20261121000001_Sweeps")]
internal sealed class SweepsMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateSweeps(migrationBuilder);
        CreateRuns(migrationBuilder);
        CreateEvaluations(migrationBuilder);
        CreateMetricChunks(migrationBuilder);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("MetricChunks");
        migrationBuilder.DropTable("Evaluations");
        migrationBuilder.DropTable("Runs");
        migrationBuilder.DropTable("Sweeps");
    }

    private static void CreateSweeps(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Sweeps",
            table => new
            {
                Id = table.Column<long>()
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                Name = table.Column<string>(),
                Workload = table.Column<string>(),
                Specification = table.Column<string>(),
                Status = table.Column<string>(),
                CreatedAt = table.Column<long>(),
                StartedAt = table.Column<long>(nullable: true),
                FinishedAt = table.Column<long>(nullable: true),
                ResumedAt = table.Column<long>(nullable: true),
                IterationsAtResume = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("PK_Sweeps", s => s.Id));
        migrationBuilder.CreateIndex("IX_Sweeps_Status", "Sweeps", "Status");
    }

    private static void CreateRuns(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Runs",
            table => new
            {
                Id = table.Column<long>()
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                SweepId = table.Column<long>(),
                Ordinal = table.Column<int>(),
                Row = table.Column<int>(),
                AxisValue = table.Column<double>(),
                Seed = table.Column<int>(),
                ConfigurationHash = table.Column<string>(),
                Status = table.Column<string>(),
                Outcome = table.Column<string>(nullable: true),
                FirstBadIteration = table.Column<int>(nullable: true),
                Iterations = table.Column<int>(),
                IterationsPlanned = table.Column<int>(),
                Seconds = table.Column<double>(),
                Error = table.Column<string>(nullable: true),
                Provenance = table.Column<string>(nullable: true),
                FinalParameters = table.Column<byte[]>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Runs", r => r.Id);
                table.ForeignKey("FK_Runs_Sweeps_SweepId", r => r.SweepId, "Sweeps", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_Runs_ConfigurationHash", "Runs", "ConfigurationHash");
        migrationBuilder.CreateIndex("IX_Runs_SweepId_Ordinal", "Runs", ["SweepId", "Ordinal"], unique: true);
        migrationBuilder.CreateIndex(
            "IX_Runs_SweepId_Status_Outcome_Iterations_IterationsPlanned",
            "Runs",
            ["SweepId", "Status", "Outcome", "Iterations", "IterationsPlanned"]);
    }

    private static void CreateEvaluations(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable(
            "Evaluations",
            table => new
            {
                RunId = table.Column<long>(),
                Iteration = table.Column<int>(),
                Epoch = table.Column<double>(),
                TrainLoss = table.Column<double>(nullable: true),
                TrainAccuracy = table.Column<double>(nullable: true),
                TestLoss = table.Column<double>(nullable: true),
                TestAccuracy = table.Column<double>(nullable: true),
                GradientNorm = table.Column<double>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Evaluations", e => new { e.RunId, e.Iteration });
                table.ForeignKey("FK_Evaluations_Runs_RunId", e => e.RunId, "Runs", "Id", onDelete: ReferentialAction.Cascade);
            });

    private static void CreateMetricChunks(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable(
            "MetricChunks",
            table => new
            {
                RunId = table.Column<long>(),
                FirstIteration = table.Column<int>(),
                Count = table.Column<int>(),
                Loss = table.Column<byte[]>(),
                Accuracy = table.Column<byte[]>(),
                Stepsize = table.Column<byte[]>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_MetricChunks", c => new { c.RunId, c.FirstIteration });
                table.ForeignKey("FK_MetricChunks_Runs_RunId", c => c.RunId, "Runs", "Id", onDelete: ReferentialAction.Cascade);
            });
}
