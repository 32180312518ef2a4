using System.Runtime.InteropServices;

namespace Stepsize.Training.Execution;

/// <summary>What the operating system should know of a thread that trains.</summary>
internal static partial class TrainingThread
{
    private const int NiceOfTraining = 10;
    private const int PrioritiseProcess = 0;
    private const int ControlOffset = 28;
    private const int FlushToZeroAndDenormalsAreZero = 0x8040;

    /// <summary>
    /// Makes the calling thread nicer, so that pages answer while every core trains (.NET ignores thread priorities on Linux, where a nice
    /// value belongs to a thread), and makes it take denormal numbers for zero, which are a hundred times slower and mean nothing here.
    /// Where the system offers neither, training is merely slower.
    /// </summary>
    public static void Prepare()
    {
        if (!OperatingSystem.IsLinux())
        {
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
            return;
        }

        try
        {
            _ = SetPriority(PrioritiseProcess, 0, NiceOfTraining);
            FlushDenormals();
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library: its threads train at ordinary priority.
        }
    }

    /// <summary>Sets two bits of the SSE control register through the C library's floating-point environment, where it stands at byte 28 on x86-64.</summary>
    private static void FlushDenormals()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return;
        }

        Span<byte> environment = stackalloc byte[64];
        if (GetEnvironment(ref environment[0]) == 0)
        {
            ref var control = ref MemoryMarshal.Cast<byte, int>(environment.Slice(ControlOffset, sizeof(int)))[0];
            control |= FlushToZeroAndDenormalsAreZero;
            _ = SetEnvironment(ref environment[0]);
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);

    [LibraryImport("libm.so.6", EntryPoint = "fegetenv")]
    private static partial int GetEnvironment(ref byte environment);

    [LibraryImport("libm.so.6", EntryPoint = "fesetenv")]
    private static partial int SetEnvironment(ref byte environment);
}
