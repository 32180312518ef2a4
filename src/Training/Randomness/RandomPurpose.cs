namespace Stepsize.Training.Randomness;

/// <summary>What random numbers are for. Each purpose has its own stream, so that drawing more of one never shifts another.</summary>
public enum RandomPurpose
{
    Initialisation = 1,
    BatchOrder = 2,
    Data = 3,
    Dropout = 4,
    Augmentation = 5,
    Split = 6,
    Resampling = 7,
}
