namespace Stepsize.Training.Workloads;

/// <summary>Does the parts of one piece of work, at the same time where threads are free.</summary>
public interface IPartRunner
{
    /// <summary>Calls <paramref name="part"/> with 0, …, count − 1, in any order and on any threads, and returns when all have returned.</summary>
    void Run(int count, Action<int> part);
}
