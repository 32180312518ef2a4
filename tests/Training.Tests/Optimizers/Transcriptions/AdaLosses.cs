namespace Stepsize.Training.Tests.Optimizers.Transcriptions;

internal static class AdaLosses
{
    public static IReadOnlyList<Transcription> All { get; } = [];
}
