using Stepsize.Training.Optimizers;
using Stepsize.Web.Views.Text;
using Xunit;

namespace Stepsize.Web.Tests.Components;

public sealed class FormulaTextTests
{
    [Fact]
    public void Equations_GapsOutsideBraces_AreWhereItIsCut() =>
        Assert.Equal(["a = 1", @"b = \text{x \quad y}", "c"], FormulaText.Equations(@"a = 1, \qquad b = \text{x \quad y} \quad c"));

    [Fact]
    public void Equations_OfEveryOptimizer_HaveTheirBracesInPairs() =>
        Assert.All(
            OptimizerRegistry.All.SelectMany(o => FormulaText.Equations(o.Formula)),
            e => Assert.Equal(e.Count(c => c == '{'), e.Count(c => c == '}')));
}
