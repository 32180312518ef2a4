using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Stepsize.Data.Database;

namespace Stepsize.Data.Migrations;

/// <summary>Accuracy among the five largest scores, of workloads with many classes.</summary>
[DbContext(typeof(StepsizeContext))]
[Migration("20261128000006_TopFive")]
internal sealed class TopFiveMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.AddColumn<double>("TestTopFiveAccuracy", "Evaluations", nullable: true);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropColumn("TestTopFiveAccuracy", "Evaluations");
}
