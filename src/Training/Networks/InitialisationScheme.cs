namespace Stepsize.Training.Networks;

/// <summary>Whose default a layer's parameters start from.</summary>
public enum InitialisationScheme
{
    /// <summary>Weights and biases U(±1/√fan_in).</summary>
    PyTorch,

    /// <summary>Weights Glorot-uniform, biases zero.</summary>
    Keras,
}
