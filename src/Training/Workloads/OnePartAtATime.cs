namespace Stepsize.Training.Workloads;

/// <summary>Does parts one after another on the calling thread.</summary>
public sealed class OnePartAtATime : IPartRunner
{
    public static OnePartAtATime Instance { get; } = new();

    public void Run(int count, Action<int> part)
    {
        for (var i = 0; i < count; i++)
        {
            part(i);
        }
    }
}
