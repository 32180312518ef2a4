namespace Stepsize.Data.Workers;

/// <summary>Kinds of devices that cohorts are for. A worker takes cohorts of the queues that it is started for.</summary>
public static class CohortQueues
{
    /// <summary>Any processor; where every sweep goes as long as nobody sends it elsewhere.</summary>
    public const string Cpu = "cpu";

    /// <summary>What a queue may be called: the dispatcher takes no other names.</summary>
    public static bool IsName(string text) => text.Length is > 0 and <= 40 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_');
}
