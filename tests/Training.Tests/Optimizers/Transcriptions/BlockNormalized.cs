namespace Stepsize.Training.Tests.Optimizers.Transcriptions;

internal static class BlockNormalized
{
    public static IReadOnlyList<Transcription> All { get; } = [];
}
