using System.Reflection;
using NetArchTest.Rules;
using Stepsize.Web.Hosting;
using Xunit;

namespace Stepsize.Web.Tests;

/// <summary>Which room of the program may know which: Commands → Hosting → Components and Api → Reports → Figures → Views → Jobs. Nothing points back.</summary>
public sealed class RoomTests
{
    private static readonly Assembly Program = typeof(DashboardHost).Assembly;

    /// <summary>From the top. Rooms on one floor do not know one another.</summary>
    private static readonly string[][] Floors =
    [
        ["Commands"],
        ["Hosting"],
        ["Components", "Api"],
        ["Reports"],
        ["Figures", "Datasets"],
        ["Views"],
        ["Jobs"],
    ];

    public static TheoryData<string> Rooms => [.. Floors.SelectMany(f => f)];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Room_Knows_OnlyWhatIsBelow(string room)
    {
        var floor = Array.FindIndex(Floors, f => f.Contains(room));
        var forbidden = Floors.Take(floor + 1).SelectMany(f => f).Where(r => r != room).Select(Namespace).ToArray();
        if (forbidden.Length == 0)
        {
            return;
        }

        var result = Types.InAssembly(Program).That().ResideInNamespaceStartingWith(Namespace(room)).ShouldNot().HaveDependencyOnAny(forbidden).GetResult();

        Assert.True(result.IsSuccessful, $"These types know a room above their own: {string.Join(", ", result.FailingTypeNames ?? [])}");
    }

    /// <summary>Every room has its floor: a new one is put where it belongs.</summary>
    [Fact]
    public void Rooms_OfTheProgram_AllHaveAFloor()
    {
        var rooms = Program.GetTypes().Select(t => t.Namespace ?? "").Where(n => n.StartsWith("Stepsize.Web.", StringComparison.Ordinal))
            .Select(n => n.Split('.')[2]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

        Assert.Equal(Floors.SelectMany(f => f).Order(StringComparer.Ordinal), rooms);
    }

    [Theory]
    [InlineData("Stepsize.Training", "Stepsize.Data", "Stepsize.Web")]
    [InlineData("Stepsize.Data", "Stepsize.Web")]
    public void Project_Knows_NothingAbove(string project, params string[] above)
    {
        var referenced = Assembly.Load(project).GetReferencedAssemblies().Select(a => a.Name);

        Assert.DoesNotContain(referenced, name => above.Contains(name) || name == Program.GetName().Name);
    }

    private static string Namespace(string room) => $"Stepsize.Web.{room}";
}
