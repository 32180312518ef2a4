using Microsoft.AspNetCore.Components;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Analysis;
using Stepsize.Web.Views.Comparison;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Compare;

/// <summary>Sweeps and optimizers side by side, live. What is compared and how is in the address.</summary>
public sealed partial class ComparePage
{
    private IReadOnlyList<SweepSummary> _all = [];
    private IReadOnlyList<SweepDetail> _details = [];
    private IReadOnlyList<long> _read = [];
    private ComparisonView? _view;

    [Inject]
    public required ComparisonReader Reader { get; init; }

    [Inject]
    public required ISweepStore Store { get; init; }

    [SupplyParameterFromQuery]
    public string[]? Sweeps { get; set; }

    [SupplyParameterFromQuery]
    public string[]? Rows { get; set; }

    /// <summary>The measure's slug.</summary>
    [SupplyParameterFromQuery]
    public string? Measure { get; set; }

    /// <summary>The moment's slug.</summary>
    [SupplyParameterFromQuery]
    public string? At { get; set; }

    /// <summary>The statistic's slug.</summary>
    [SupplyParameterFromQuery]
    public string? Stat { get; set; }

    [SupplyParameterFromQuery]
    public string? A { get; set; }

    [SupplyParameterFromQuery]
    public string? B { get; set; }

    /// <summary><c>decades</c> for differences of logarithms.</summary>
    [SupplyParameterFromQuery]
    public string? Scale { get; set; }

    private ComparisonAddress Address => ComparisonAddress.Parse(name => name switch
    {
        "sweeps" => Sweeps ?? [],
        "rows" => Rows ?? [],
        "measure" => One(Measure),
        "at" => One(At),
        "stat" => One(Stat),
        "a" => One(A),
        "b" => One(B),
        "scale" => One(Scale),
        _ => [],
    });

    private bool IsOtherProtocol => _view!.Fields.Any(f => f.IsProtocol);

    private string DivergedAs
    {
        get
        {
            if (!_view!.Measure.IsAccuracy())
            {
                return "infinite: an expected best has a number only where so many values tried cannot all diverge";
            }

            var values = _view.Budgets.Select(b => b.DivergedAs).Where(double.IsFinite).Distinct().Select(v => $"{NumberText.Of(_view.Measure, v)} %");
            return $"guessing ({string.Join(" or ", values)}), or as the worst that any compared run measured where the number of classes is not known";
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        // A switch changes the view, not the data.
        if (_view is not null && _read.SequenceEqual(Address.Sweeps))
        {
            _view = ComparisonView.Of(Address, _details);
            return;
        }

        await LoadAsync();
    }

    protected override void OnAfterRender(bool firstRender) => Watch(null, readsAtOnce: false);

    private static string[] One(string? value) => value is null ? [] : [value];

    protected override async Task LoadAsync()
    {
        var asked = Address.Sweeps;
        var (all, details) = (await Store.ListAsync(Leaving), await Reader.ReadAsync(Address, Leaving));
        if (asked.SequenceEqual(Address.Sweeps))
        {
            (_all, _details, _read) = (all, details, asked);
            _view = ComparisonView.Of(Address, details);
        }
    }
}
