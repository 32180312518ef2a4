using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Stepsize.Data.Database;

namespace Stepsize.Data.Migrations;

/// <summary>Norms of gradient and update and the stepsize of each layer, of sweeps that record them.</summary>
[DbContext(typeof(StepsizeContext))]
[Migration("20261128000005_Layers")]
internal sealed class LayersMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        "LayerChunks",
        table => new
        {
            RunId = table.Column<long>(),
            FirstIteration = table.Column<int>(),
            Count = table.Column<int>(),
            Names = table.Column<string>(),
            Gradient = table.Column<byte[]>(),
            Update = table.Column<byte[]>(),
            Stepsize = table.Column<byte[]>(),
        },
        constraints: table =>
        {
            table.PrimaryKey("PK_LayerChunks", c => new { c.RunId, c.FirstIteration });
            table.ForeignKey("FK_LayerChunks_Runs_RunId", c => c.RunId, "Runs", "Id", onDelete: ReferentialAction.Cascade);
        });

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("LayerChunks");
}
