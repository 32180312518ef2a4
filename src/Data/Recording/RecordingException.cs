namespace Stepsize.Data.Recording;

/// <summary>What a run produced cannot be stored. The message is a sentence for the person who launched it; the run fails with it.</summary>
public sealed class RecordingException(string message, Exception? cause = null) : Exception(message, cause);
