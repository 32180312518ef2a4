using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Stepsize.Data.Database;

namespace Stepsize.Data.Migrations;

/// <summary>Sweeps and runs in the bin, where a run may have a successor at its place in the grid.</summary>
[DbContext(typeof(StepsizeContext))]
[Migration("20261122000001_Bin")]
internal sealed class BinMigration : Migration
{
    private const string Ordinal = "IX_Runs_SweepId_Ordinal";
    private const string Progress = "IX_Runs_Progress";
    private const string ProgressBefore = "IX_Runs_SweepId_Status_Outcome_Iterations_IterationsPlanned";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>("DeletedAt", "Sweeps", nullable: true);
        migrationBuilder.AddColumn<long>("Revision", "Sweeps", nullable: false, defaultValue: 0L);
        migrationBuilder.AddColumn<long>("DeletedAt", "Runs", nullable: true);
        migrationBuilder.DropIndex(Ordinal, "Runs");
        migrationBuilder.CreateIndex(Ordinal, "Runs", ["SweepId", "Ordinal"], unique: true, filter: "\"DeletedAt\" IS NULL");
        migrationBuilder.CreateIndex("IX_Runs_DeletedAt", "Runs", "DeletedAt", filter: "\"DeletedAt\" IS NOT NULL");
        migrationBuilder.DropIndex(ProgressBefore, "Runs");
        migrationBuilder.CreateIndex(Progress, "Runs", ["SweepId", "Status", "Outcome", "Iterations", "IterationsPlanned", "DeletedAt"]);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        // What is in the bin would be back, two runs at one place among it.
        migrationBuilder.Sql("DELETE FROM \"Sweeps\" WHERE \"DeletedAt\" IS NOT NULL; DELETE FROM \"Runs\" WHERE \"DeletedAt\" IS NOT NULL;");
        migrationBuilder.DropIndex(Progress, "Runs");
        migrationBuilder.CreateIndex(ProgressBefore, "Runs", ["SweepId", "Status", "Outcome", "Iterations", "IterationsPlanned"]);
        migrationBuilder.DropIndex("IX_Runs_DeletedAt", "Runs");
        migrationBuilder.DropIndex(Ordinal, "Runs");
        migrationBuilder.CreateIndex(Ordinal, "Runs", ["SweepId", "Ordinal"], unique: true);
        migrationBuilder.DropColumn("DeletedAt", "Runs");
        migrationBuilder.DropColumn("Revision", "Sweeps");
        migrationBuilder.DropColumn("DeletedAt", "Sweeps");
    }
}
