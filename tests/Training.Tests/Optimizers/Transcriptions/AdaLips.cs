namespace Stepsize.Training.Tests.Optimizers.Transcriptions;

internal static class AdaLips
{
    public static IReadOnlyList<Transcription> All { get; } = [];
}
