namespace Stepsize.Training.Options;

/// <summary>What an option's value is.</summary>
public enum OptionKind
{
    /// <summary>A finite number.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>true or false.</summary>
    Flag,

    /// <summary>One word of a list.</summary>
    Choice,

    /// <summary>A list of finite numbers of a given length.</summary>
    Numbers,

    /// <summary>A line of text, such as the name of a column.</summary>
    Text,
}
