using Spectre.Console;
using Stepsize.Training.Datasets.Acquisition;

namespace Stepsize.Web.Commands.Datasets;

/// <summary>Progress of getting a dataset: a bar on a terminal, a line at each tenth otherwise.</summary>
internal static class AcquisitionDisplay
{
    public static async Task<T> RunAsync<T>(Func<IProgress<AcquisitionProgress>, Task<T>> work)
    {
        if (!Terminal.ShowsBars)
        {
            return await work(new Lines());
        }

        return await Terminal.Progress.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new DownloadedColumn(), new RemainingTimeColumn())
            .StartAsync(context => work(new Bars(context)));
    }

    private sealed class Bars(ProgressContext context) : IProgress<AcquisitionProgress>
    {
        private readonly Dictionary<string, ProgressTask> _tasks = new(StringComparer.Ordinal);

        public void Report(AcquisitionProgress value)
        {
            if (!_tasks.TryGetValue(value.What, out var task))
            {
                _tasks[value.What] = task = context.AddTask(Markup.Escape(value.What), maxValue: Math.Max(1, value.Total));
            }

            task.Value = value.Done;
        }
    }

    private sealed class Lines : IProgress<AcquisitionProgress>
    {
        private (string What, long Tenth) _last = ("", -1);

        public void Report(AcquisitionProgress value)
        {
            var now = (value.What, value.Total > 0 ? value.Done * 10 / value.Total : 0);
            if (now != _last)
            {
                _last = now;
                Console.Error.WriteLine($"{value.What}: {value.Done:#,0} of {value.Total:#,0} bytes");
            }
        }
    }
}
