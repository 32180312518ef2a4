using System.Reflection;

namespace Stepsize.Web.Jobs;

/// <summary>Version of this program, with three parts: all programs that train on one database have the same.</summary>
internal static class ProgramVersion
{
    public static Version Current { get; } = Of(Assembly.GetExecutingAssembly().GetName().Version ?? new Version(0, 0, 0));

    private static Version Of(Version version) => new(version.Major, version.Minor, Math.Max(version.Build, 0));
}
