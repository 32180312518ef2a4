using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using Stepsize.Data.Database;

namespace Stepsize.Data.Migrations;

/// <summary>Reports with their published versions.</summary>
[DbContext(typeof(StepsizeContext))]
[Migration("20261122000003_Reports")]
internal sealed class ReportsMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Reports",
            table => new
            {
                Id = table.Column<long>()
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                Title = table.Column<string>(),
                Draft = table.Column<string>(),
                Revision = table.Column<int>(),
                CreatedAt = table.Column<long>(),
                ChangedAt = table.Column<long>(),
                Token = table.Column<string>(nullable: true),
                TokenHash = table.Column<string>(nullable: true),
                ExpiresAt = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_Reports", r => r.Id));
        migrationBuilder.CreateIndex("IX_Reports_TokenHash", "Reports", "TokenHash", unique: true);
        migrationBuilder.CreateTable(
            "ReportVersions",
            table => new
            {
                ReportId = table.Column<long>(),
                Number = table.Column<int>(),
                PublishedAt = table.Column<long>(),
                Content = table.Column<string>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_ReportVersions", v => new { v.ReportId, v.Number });
                table.ForeignKey("FK_ReportVersions_Reports_ReportId", v => v.ReportId, "Reports", "Id", onDelete: ReferentialAction.Cascade);
            });
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("ReportVersions");
        migrationBuilder.DropTable("Reports");
    }
}
