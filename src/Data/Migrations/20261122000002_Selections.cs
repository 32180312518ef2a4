using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Stepsize.Data.Database;

namespace Stepsize.Data.Migrations;

/// <summary>Short names for long selections of runs.</summary>
[DbContext(typeof(StepsizeContext))]
[Migration("20261122000002_Selections")]
internal sealed class SelectionsMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        "Selections",
        table => new
        {
            Id = table.Column<string>(),
            Runs = table.Column<string>(),
            CreatedAt = table.Column<long>(),
        },
        constraints: table => table.PrimaryKey("PK_Selections", s => s.Id));

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("Selections");
}
