using Stepsize.Web.Components.Optimizers;
using Xunit;

namespace Stepsize.Web.Tests.Components;

public sealed class TrajectoryDraftTests
{
    /// <summary>Zhang et al. 2019, section 10.7, to the digits that they print; there is no precision to choose, for a picture is drawn in double.</summary>
    [Fact]
    public void Draw_AsAtFirst_IsThePublishedTrajectoryInDouble()
    {
        var draft = TrajectoryDraft.Of(null, null, null, null);

        Assert.Equal(["coefficients", "start"], draft.Problem.Definitions.Select(d => d.Id));
        var end = Assert.Single(draft.Draw()).Trajectory!.Iterates[^1];
        Assert.Equal(-2.382563, end[0], 5e-7);
        Assert.Equal(-0.158591, end[1], 5e-7);
    }
}
