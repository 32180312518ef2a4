using System.CommandLine;
using System.Text.Json.Nodes;
using Stepsize.Training.Faults;
using Stepsize.Training.Options;
using Stepsize.Training.Workloads;

namespace Stepsize.Web.Commands;

/// <summary><c>workloads</c>.</summary>
internal static class WorkloadList
{
    public static Command Create() => ListCommand.Create(
        "workloads",
        "Lists what can be trained.",
        _ => WorkloadRegistry.All.Select(w => (Workload: w, Size: w.Measure(OptionSet.Resolve(w.Options, null, "", new FaultList())))),
        ["workload", "what", "source", "parameters", "examples", "options"],
        w =>
        [
            w.Workload.Id, w.Workload.Title, w.Workload.Source, $"{w.Size.Parameters:#,0}", $"{w.Size.TrainingExamples:#,0}",
            string.Join(", ", w.Workload.Options.Select(o => o.Id)),
        ],
        w => new JsonObject
        {
            ["id"] = w.Workload.Id,
            ["title"] = w.Workload.Title,
            ["source"] = w.Workload.Source,
            ["summary"] = w.Workload.Summary,
            ["parameters"] = w.Size.Parameters,
            ["trainingExamples"] = w.Size.TrainingExamples,
            ["batchSize"] = w.Workload.DefaultBatchSize,
            ["epochs"] = w.Workload.DefaultEpochs,
            ["needsGpu"] = w.Workload.NeedsGpu,
            ["options"] = JsonText.Of(w.Workload.Options),
        });
}
