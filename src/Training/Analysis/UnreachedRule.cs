namespace Stepsize.Training.Analysis;

/// <summary>What a learning rate counts for that never reaches the accuracy asked for. The paper does not say, and its tables need both.</summary>
public enum UnreachedRule
{
    /// <summary>
    /// Not at all. MNIST: a mean of 4.5 epochs over SGD's eight learning rates, three of which stay at chance, cannot hold three fifteens. CIFAR-100: the
    /// means 45.4 and 41.6 of RMSProp and RMSLip are fifths, of six learning rates.
    /// </summary>
    LeftOut,

    /// <summary>
    /// As the last epoch. CIFAR-10: AdamLip's mean of 22.571 is a seventh, so all seven learning rates are in it, though one stays at chance; and SGD's
    /// median is the last epoch itself.
    /// </summary>
    LastEpoch,
}
