using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Stepsize.Data.Database;

/// <summary>Times as milliseconds since 1970, UTC: SQLite has no type for times with an offset, and whole numbers sort and compare as times do.</summary>
internal sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
    time => time.ToUnixTimeMilliseconds(), number => DateTimeOffset.FromUnixTimeMilliseconds(number));
