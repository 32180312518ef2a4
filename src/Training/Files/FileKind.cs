namespace Stepsize.Training.Files;

/// <summary>What a path leads to.</summary>
public enum FileKind
{
    Regular,
    Folder,
    Pipe,
    Socket,

    /// <summary>A device, such as a terminal or a disk.</summary>
    Device,
}
