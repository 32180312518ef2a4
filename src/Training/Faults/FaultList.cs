namespace Stepsize.Training.Faults;

/// <summary>Collects faults, so that a person sees all of them at once instead of one a try.</summary>
public sealed class FaultList
{
    private readonly List<Fault> _faults = [];

    public int Count => _faults.Count;

    public IReadOnlyList<Fault> All => _faults;

    public void Add(string field, string message) => _faults.Add(new Fault(field, message));

    /// <exception cref="InvalidInputException">At least one fault was added.</exception>
    public void ThrowIfAny()
    {
        if (_faults.Count > 0)
        {
            throw new InvalidInputException([.. _faults]);
        }
    }
}
