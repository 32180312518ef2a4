using System.CommandLine;
using Stepsize.Training.Workloads;
using Stepsize.Web.Api.Registries;

namespace Stepsize.Web.Commands;

/// <summary><c>workloads</c>.</summary>
internal static class WorkloadList
{
    public static Command Create() => ListCommand.Create(
        "workloads",
        "Lists what can be trained.",
        _ => WorkloadRegistry.All.Select(w => (Workload: w, Size: RegistryJson.SizeOf(w))),
        ["workload", "what", "source", "parameters", "examples", "options"],
        w =>
        [
            w.Workload.Id, w.Workload.Title, w.Workload.Source, $"{w.Size.Parameters:#,0}", $"{w.Size.TrainingExamples:#,0}",
            string.Join(", ", w.Workload.Options.Select(o => o.Id)),
        ],
        w => RegistryJson.Of(w.Workload));
}
