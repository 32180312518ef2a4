using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Stepsize.Data.Database;

namespace Stepsize.Data.Migrations;

/// <summary>Checkpoints, so that runs go on where they stopped, and the parameter vectors of small problems.</summary>
[DbContext(typeof(StepsizeContext))]
[Migration("20261121000002_Checkpoints")]
internal sealed class CheckpointsMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Checkpoints",
            table => new
            {
                RunId = table.Column<long>(),
                Iteration = table.Column<int>(),
                State = table.Column<byte[]>(),
                Seconds = table.Column<double>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Checkpoints", c => c.RunId);
                table.ForeignKey("FK_Checkpoints_Runs_RunId", c => c.RunId, "Runs", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "IterateChunks",
            table => new
            {
                RunId = table.Column<long>(),
                FirstIteration = table.Column<int>(),
                Count = table.Column<int>(),
                Values = table.Column<byte[]>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_IterateChunks", c => new { c.RunId, c.FirstIteration });
                table.ForeignKey("FK_IterateChunks_Runs_RunId", c => c.RunId, "Runs", "Id", onDelete: ReferentialAction.Cascade);
            });
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("IterateChunks");
        migrationBuilder.DropTable("Checkpoints");
    }
}
