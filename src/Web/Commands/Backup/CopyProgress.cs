using Spectre.Console;
using Stepsize.Data.Database.Backup;

namespace Stepsize.Web.Commands.Backup;

/// <summary>Shows how far a copy is: a bar on a terminal, elsewhere a line for every tenth.</summary>
internal static class CopyProgress
{
    /// <param name="copy">Tells the share that is done, from 0 to 1.</param>
    public static Task ShowAsync(string what, Func<Action<double>, Task> copy) => Terminal.ShowsBars
        ? Terminal.Progress.Progress().StartAsync(context =>
        {
            var task = context.AddTask(what, maxValue: 1);
            return copy(share => task.Value = share);
        })
        : copy(Lines(what));

    public static string Tell(StoredContent content) =>
        $"{content.Sweeps} {(content.Sweeps == 1 ? "sweep" : "sweeps")} with {content.Runs} {(content.Runs == 1 ? "run" : "runs")}";

    private static Action<double> Lines(string what)
    {
        var told = 0;
        return share =>
        {
            if ((int)(10 * share) is var tenth && tenth > told)
            {
                told = tenth;
                Console.Error.WriteLine($"{what}: {10 * tenth}%");
            }
        };
    }
}
