using System.Globalization;

namespace Stepsize.Web.Views.Text;

/// <summary>Durations and moments as people say them.</summary>
public static class TimeText
{
    /// <summary>Such as <c>12 s</c>, <c>3 min</c>, <c>2 h 5 min</c>, <c>3 days</c>.</summary>
    public static string Of(TimeSpan span) => span switch
    {
        { TotalSeconds: < 1 } => "less than 1 s",
        { TotalSeconds: < 90 } => Text($"{span.TotalSeconds:0} s"),
        { TotalMinutes: < 60 } => Text($"{span.TotalMinutes:0} min"),
        { TotalHours: < 10 } => Text($"{Math.Floor(span.TotalHours):0} h {span.Minutes} min"),
        { TotalHours: < 48 } => Text($"{span.TotalHours:0} h"),
        _ => Text($"{span.TotalDays:0} days"),
    };

    /// <summary>Such as <c>just now</c>, <c>5 min ago</c>; a date from two days on.</summary>
    public static string Ago(DateTimeOffset moment, DateTimeOffset now) => (now - moment) switch
    {
        { TotalSeconds: < 60 } => "just now",
        { TotalHours: < 48 } ago => Of(ago) + " ago",
        _ => moment.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
    };

    /// <summary>To the second, in UTC: the server does not know where the reader is.</summary>
    public static string Exact(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
