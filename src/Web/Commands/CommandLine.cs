using System.CommandLine;
using Stepsize.Training.Faults;
using Stepsize.Web.Commands.Backup;
using Stepsize.Web.Commands.Datasets;
using Stepsize.Web.Commands.Sweeps;

namespace Stepsize.Web.Commands;

/// <summary>The program as its command line: parses, runs the command and turns whatever goes wrong into a sentence and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Set to anything, this environment variable adds the stack trace to the message of a failure.</summary>
    public const string TraceVariable = "STEPSIZE_TRACE";

    public static async Task<int> RunAsync(string[] args)
    {
        // A file name may begin with @: arguments are not read from files.
        var parsed = Root().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            return Refuse(parsed.Errors.Select(e => e.Message).Distinct().Append("stepsize --help lists commands and options."), ExitCode.BadInput);
        }

        try
        {
            // Hosts and sweeps each have their own way of stopping at Ctrl-C, so the parser installs none.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (InvalidInputException e)
        {
            return Refuse((e.Unnamed == 0 ? e.Faults : [.. e.Faults, InvalidInputException.Rest(e.Unnamed)]).Select(f => f.ToString()), ExitCode.BadInput);
        }
        catch (Exception e) when (e is not HostAbortedException) // Thrown by tools that only want the host, through us to them.
        {
            return Refuse([FailureText.Of(e), .. Trace(e)], ExitCode.Failure);
        }
    }

    private static RootCommand Root()
    {
        var root = new RootCommand("Finds out how much the result of training depends on the stepsize it starts from. Without a command: serve.")
        {
            ServeCommand.Create(),
            ServeCommand.CreateDemo(),
            WorkerCommand.Create(),
            SweepCommand.Create(),
            PresetList.Create(),
            WorkloadList.Create(),
            OptimizerList.Create(),
            DeviceList.Create(),
            DatasetCommand.Create(),
            PaperList.Create(),
            HealthCommand.Create(),
            BackupCommand.Create(),
            RestoreCommand.Create(),
        };
        ServeCommand.MakeDefaultOf(root);
        return root;
    }

    private static int Refuse(IEnumerable<string> lines, int exitCode)
    {
        foreach (var line in lines)
        {
            Console.Error.WriteLine(line);
        }

        return exitCode;
    }

    private static IEnumerable<string> Trace(Exception e) =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable(TraceVariable)) ? [] : [e.ToString()];
}
