namespace Stepsize.Training.Papers;

/// <summary>A publication whose tables are compared with runs.</summary>
/// <param name="Id">Such as <c>wu2022</c>.</param>
/// <param name="Citation">Authors and year, such as <c>Wu, Xie, Du and Ward (2022)</c>.</param>
/// <param name="Venue">Where it was published, with the year.</param>
public sealed record Paper(string Id, string Citation, string Title, string Authors, string Venue)
{
    /// <summary>Such as <c>R. Ward, X. Wu, L. Bottou, JMLR 21 (2020)</c>.</summary>
    public string Source => $"{Authors}, {Venue}";
}
