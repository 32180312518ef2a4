using Microsoft.AspNetCore.Components;
using Stepsize.Data.Metrics;
using Stepsize.Data.Selections;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Analysis;
using Stepsize.Training.Analysis.Curves;
using Stepsize.Training.Faults;
using Stepsize.Training.Theory;
using Stepsize.Web.Views.Curves;
using Stepsize.Web.Views.Scales;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;
using Stepsize.Web.Views.Theory;

namespace Stepsize.Web.Components.Curves;

/// <summary>Many runs in one picture. Which, and how they are shown, is in the address.</summary>
public sealed partial class CurvesPage
{
    /// <summary>Longer lists of runs get a short name, so that an address stays one that can be passed on.</summary>
    private const int LongestRuns = 300;

    private CurveQuery? _query;
    private CurveSubject? _subject;
    private CurveNumbers? _numbers;
    private IReadOnlyList<FamilyMerging> _mergings = [];
    private string? _mergingsOf;
    private string? _subjectOf;
    private string? _fault;
    private long? _sweepOfFault;
    private double? _smoothness;
    private long _version;
    private int? _from;
    private int? _to;

    [Inject]
    public required CurveSubjectReader Subjects { get; init; }

    [Inject]
    public required CurveNumbersReader Numbers { get; init; }

    [Inject]
    public required MergingReader Merging { get; init; }

    [Inject]
    public required ISelectionStore Selections { get; init; }

    [Inject]
    public required TheoryReader Theory { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>First iteration shown.</summary>
    [SupplyParameterFromQuery]
    public string? From { get; set; }

    /// <summary>Last iteration shown.</summary>
    [SupplyParameterFromQuery]
    public string? To { get; set; }

    /// <summary><c>log</c> for a logarithmic axis of iterations.</summary>
    [SupplyParameterFromQuery]
    public string? X { get; set; }

    /// <summary><c>log</c> or <c>linear</c> where that is not what the column is usually shown on.</summary>
    [SupplyParameterFromQuery]
    public string? Y { get; set; }

    /// <summary>Smallest value shown.</summary>
    [SupplyParameterFromQuery]
    public string? Low { get; set; }

    /// <summary>Largest value shown; <c>all</c> for whatever there is.</summary>
    [SupplyParameterFromQuery]
    public string? High { get; set; }

    /// <summary>Indices of optimizers that are not drawn, separated by points.</summary>
    [SupplyParameterFromQuery]
    public string? Hide { get; set; }

    /// <summary>The configuration that is picked out, as <c>family:value</c>.</summary>
    [SupplyParameterFromQuery]
    public string? Cell { get; set; }

    /// <summary>Page of the table, from 1.</summary>
    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    /// <summary><c>windows</c> for means over windows in the table.</summary>
    [SupplyParameterFromQuery]
    public string? At { get; set; }

    /// <summary>A thousand runs are some megabytes.</summary>
    protected override TimeSpan Pace => TimeSpan.FromSeconds(4);

    protected override bool IsLive => _query is not null && _fault is null && _subject is { } subject && subject.Runs.Any(r => r.Status != RunStatus.Finished);

    private string Title => _subject!.Families.Count == 1 ? $"Curves of {_subject.Families[0].Title}" : "Curves";

    private string About
    {
        get
        {
            var runs = _subject!.Runs.Count();
            var seeds = _subject.Runs.Select(r => r.Seed).Distinct().Count();
            var values = _subject.Runs.Select(r => r.AxisValue).Distinct().Count();
            var sweeps = _subject.Sweeps.Count == 1 ? $"of {_subject.Sweeps[0].Specification.Workload.Title}" : $"of {_subject.Sweeps.Count} sweeps";
            return $"{Plural(runs, "run")} {sweeps}: {Plural(_subject.Families.Count, "optimizer")}, {Plural(values, "value")} of the axis, {Plural(seeds, "seed")}";
        }
    }

    private string ColumnTitle => _query!.Column switch
    {
        MetricColumn.Loss => "Mini-batch loss",
        MetricColumn.Accuracy => "Mini-batch accuracy, %",
        _ => "Effective stepsize",
    };

    private bool LogIsDefault => _query!.Column != MetricColumn.Accuracy;

    private bool IsLogY => Y == "log" || (Y != "linear" && LogIsDefault);

    private HashSet<int> HiddenFamilies => [.. (Hide ?? "").Split('.').Select(t => int.TryParse(t, out var f) ? f : -1).Where(f => f >= 0)];

    /// <summary>2/L where all that is shown has the same.</summary>
    private double? Limit => _query!.Column == MetricColumn.Stepsize && _smoothness is { } smoothness ? StabilityLimit.Stepsize(smoothness) : null;

    private string? Marks => _query!.Column != MetricColumn.Stepsize || _mergings.Count == 0 ? null
        : string.Join(',', _mergings.Where(m => m.Merging is not null).Select(m => $"{m.Family}:{m.Merging!.Iteration}"));

    private string Source => $"api/curves?{_query!.ToQueryString()}";

    /// <summary>What is picked out, and where it stands in its sweep's heatmap.</summary>
    private (string Title, string Address)? CellInHeatmap
    {
        get
        {
            if (Cell?.Split(':') is not [var f, var v]
                || !int.TryParse(f, out var index) || index < 0 || index >= _subject!.Families.Count
                || !int.TryParse(v, out var value) || value < 0 || value >= _subject.Families[index].Values.Count)
            {
                return null;
            }

            var family = _subject.Families[index];
            var sweep = _subject.Sweeps.First(s => s.Id == family.Sweep);
            return (
                $"{family.Title}, {SweepView.AxisTitle(family.Axis)} = {NumberText.Axis(family.Values[value], family.Values)}",
                $"sweeps/{family.Sweep}?cell={CellPlace.SlugOf(sweep.Specification, family.Row, family.Values[value])}#heatmap");
        }
    }

    private bool WindowsFit => _subject!.Runs.Max(r => r.Iterations) >= IterationWindow.WuFigure1[^1].Last;

    private int Pages => (_subject!.Series.Count + CurveNumbersReader.RowsOfAPage - 1) / CurveNumbersReader.RowsOfAPage;

    private int PageShown => int.TryParse(Page, out var page) ? Math.Clamp(page, 1, Pages) : 1;

    private string PageAddress => Navigation.ToBaseRelativePath(Navigation.Uri);

    private IReadOnlyList<(string Title, string Address, bool IsCurrent)> ColumnChoices =>
    [
        .. ColumnsOf(_subject!).Select(c => (c.ToString().ToLowerInvariant(), Address(("show", c == MetricColumn.Loss ? null : c.ToString().ToLowerInvariant()), ("y", null), ("low", null), ("high", null)), c == _query!.Column)),
    ];

    private IReadOnlyList<(string Title, string Address, bool IsCurrent)> SeedChoices =>
    [
        ("every run", Address(("over", null), ("page", null)), _query!.Over is null),
        ("mean ± 95%", Address(("over", "mean"), ("page", null)), _query.Over == SeedCenter.Mean),
        ("median, min–max", Address(("over", "median"), ("page", null)), _query.Over == SeedCenter.Median),
    ];

    private IReadOnlyList<(string Title, string Address, bool IsCurrent)> SmoothingChoices =>
    [
        ("none", Address(("smooth", null)), _query!.Smooth is null),
        .. new Smoothing[] { new ExponentialAverage(20), new ExponentialAverage(200), new MovingMedian(21), new MovingMedian(201) }
            .Select(s => ($"{(s is MovingMedian ? "median" : "average")} of {s.Iterations}", Address(("smooth", s.Slug)), s == _query.Smooth)),
    ];

    private IReadOnlyList<(string Title, string Address, bool IsCurrent)> PlaceChoices =>
    [
        ("single iterations", Address(("at", null)), At != "windows"),
        ("means over windows (Wu et al. 2022, figure 1)", Address(("at", "windows")), At == "windows"),
    ];

    protected override Task OnParametersSetAsync() => ShowAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_subject is null || _query is null)
        {
            return;
        }

        Watch(null, readsAtOnce: true);
        if (_query.Runs?.ToString() is { Length: > LongestRuns })
        {
            await GuardAsync(ShortenAsync);
        }
        else
        {
            await GuardAsync(ReadAboutStepsizesAsync);
        }
    }

    private static string Plural(int count, string word) => $"{NumberText.Whole(count)} {word}{(count == 1 ? "" : "s")}";

    /// <summary>Problems whose smoothness is known are regressions, which have no accuracy.</summary>
    private static IEnumerable<MetricColumn> ColumnsOf(CurveSubject subject) => Enum.GetValues<MetricColumn>()
        .Where(c => c != MetricColumn.Accuracy || subject.Sweeps.Any(s => !s.Specification.Workload.KnowsSmoothness));

    private IReadOnlyList<(string Title, string Address, bool IsCurrent)> ScaleChoices(string axis, bool isLog, bool logIsDefault) =>
    [
        ("linear", Address((axis, logIsDefault ? "linear" : null), ("low", null), ("high", null)), !isLog),
        ("logarithmic", Address((axis, logIsDefault ? null : "log"), ("low", null), ("high", null)), isLog),
    ];

    private string Address(params (string Name, object? Value)[] changes) =>
        Navigation.GetUriWithQueryParameters(changes.ToDictionary(c => c.Name, c => c.Value, StringComparer.Ordinal));

    private void ApplyWindow() => Navigation.NavigateTo(Address(("from", _from), ("to", _to)));

    private async Task ShortenAsync()
    {
        var id = await Selections.SaveAsync(_query!.Runs!, Leaving);
        Navigation.NavigateTo(Address(("runs", null), ("s", id)), replace: true);
    }

    private async Task ShowAsync()
    {
        try
        {
            var address = System.Web.HttpUtility.ParseQueryString(new Uri(Navigation.Uri).Query);
            var query = CurveQuery.Parse(name => address[name]);
            (_from, _to, _fault) = (query.From, query.To, null);
            var selected = (query with { Column = default, Smooth = null, From = null, To = null, IsLogarithmic = false }).ToQueryString();
            if (_subject is null || _subjectOf != selected)
            {
                _subject = await Subjects.ReadAsync(query, Leaving);
                _subjectOf = selected;
            }

            _query = query;
            _numbers = await Numbers.ReadAsync(_subject, query, PageShown, At == "windows" && WindowsFit ? IterationWindow.WuFigure1 : null, Leaving);
        }
        catch (InvalidInputException e)
        {
            _fault = e.Message;
            _sweepOfFault = long.TryParse(System.Web.HttpUtility.ParseQueryString(new Uri(Navigation.Uri).Query)["sweep"], out var sweep) ? sweep : null;
        }
    }

    /// <summary>What takes a moment and is not needed for the picture: the line 2/L, and when stepsizes have merged.</summary>
    private async Task ReadAboutStepsizesAsync()
    {
        if (_query!.Column != MetricColumn.Stepsize || _mergingsOf == _subjectOf)
        {
            return;
        }

        var (of, subject) = (_subjectOf, _subject!);
        _mergingsOf = of;
        (_mergings, _smoothness) = ([], null);
        var mergings = await Merging.ReadAsync(subject, Leaving);
        if (of == _subjectOf)
        {
            _mergings = mergings;
            StateHasChanged();
        }

        var facts = await Task.WhenAll(subject.Sweeps.Select(s => Theory.ReadAsync(s.Specification))).WaitAsync(Leaving);
        if (of == _subjectOf)
        {
            _smoothness = facts.Select(f => f?.Smoothness).Distinct().Count() == 1 ? facts[0]?.Smoothness : null;
            StateHasChanged();
        }
    }

    /// <summary>Reads again what is being trained.</summary>
    protected override async Task LoadAsync()
    {
        if (!IsLive)
        {
            return;
        }

        try
        {
            var subject = await Subjects.ReadAsync(_query!, Leaving);
            var version = subject.Runs.Sum(r => (long)r.Iterations);
            if (version != _subject!.Runs.Sum(r => (long)r.Iterations))
            {
                (_subject, _version) = (subject, version);
                _numbers = await Numbers.ReadAsync(subject, _query!, PageShown, At == "windows" && WindowsFit ? IterationWindow.WuFigure1 : null, Leaving);
            }
        }
        catch (InvalidInputException e)
        {
            _fault = e.Message;
        }
    }
}
