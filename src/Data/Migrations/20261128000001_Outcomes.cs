using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Stepsize.Data.Database;

namespace Stepsize.Data.Migrations;

/// <summary>
/// "Converged" claimed too much and "at chance" was for classification alone. The words change here; which stored runs exploded or made no progress needs
/// their first loss, which is read out of their columns by <see cref="OutcomeUpgrade"/> in the same transaction.
/// </summary>
[DbContext(typeof(StepsizeContext))]
[Migration(Id)]
internal sealed class OutcomesMigration : Migration
{
    public const string Id = "20261128000001_Outcomes";

    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        UPDATE "Runs" SET "Outcome" = 'NoProgress' WHERE "Outcome" = 'AtChance';
        UPDATE "Runs" SET "Outcome" = 'Finished' WHERE "Outcome" = 'Converged';
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        UPDATE "Runs" SET "Outcome" = 'AtChance' WHERE "Outcome" = 'NoProgress';
        UPDATE "Runs" SET "Outcome" = 'Converged' WHERE "Outcome" IN ('Finished', 'Exploded');
        """);
}
