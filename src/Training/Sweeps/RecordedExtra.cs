namespace Stepsize.Training.Sweeps;

/// <summary>What a specification's <c>record</c> asks to keep besides loss, accuracy and stepsize of every iteration.</summary>
public static class RecordedExtra
{
    /// <summary>Every parameter vector, of small problems.</summary>
    public const string Iterates = "iterates";

    /// <summary>Norms of gradient and update and the stepsize of each layer.</summary>
    public const string Layers = "layers";
}
