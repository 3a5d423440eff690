using System.Globalization;

namespace Serverless.Imaging.Metadata;

/// <summary>When a picture was taken.</summary>
/// <param name="Time">An absolute time if <paramref name="HasOffset"/>; otherwise local time, with offset 0.</param>
/// <param name="HasOffset">Whether the file has a UTC offset: phones record it, most cameras do not.</param>
internal readonly record struct TakenTime(DateTimeOffset Time, bool HasOffset)
{
    /// <summary>Older than any picture, including pictures of paintings.</summary>
    private const int FirstYear = 1000;

    private static readonly string[] Offsets = [@"hh\:mm", "hhmm", "hh"];

    /// <summary>EXIF: <c>2019:05:21 14:03:59</c>, and an offset such as <c>+02:00</c> in a separate field.</summary>
    public static TakenTime? OfExif(string? time, string? offset) =>
        Read(time, offset, "yyyy:MM:dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy:MM:dd HH:mm", "yyyy:MM:dd");

    /// <summary>IPTC: <c>20190521</c> and <c>140359+0200</c>.</summary>
    public static TakenTime? OfIptc(string? date, string? time)
    {
        var clock = time?.Trim() ?? "";
        return clock.Length >= 6
            ? Read($"{date?.Trim()} {clock[..6]}", clock[6..], "yyyyMMdd HHmmss") ?? Read(date, null, "yyyyMMdd")
            : Read(date, null, "yyyyMMdd");
    }

    /// <summary>XMP: ISO 8601, from just a year to fractions of a second with an offset.</summary>
    public static TakenTime? OfXmp(string? text)
    {
        var time = text?.Trim() ?? "";
        var clock = time.IndexOf('T', StringComparison.Ordinal);
        var at = clock < 0 ? -1 : time.AsSpan(clock).IndexOfAny("Z+-");
        return at < 0
            ? Read(time, null, "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd", "yyyy-MM", "yyyy")
            : Read(time[..(clock + at)], time[(clock + at)..], "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm");
    }

    private static TakenTime? Read(string? text, string? offset, params string[] formats)
    {
        if (
            !DateTime.TryParseExact(text?.Trim(), formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            || time.Year < FirstYear
            || time > DateTime.UtcNow.AddDays(2)
        )
        {
            return null;
        }

        return OffsetOf(offset?.Trim()) is { } distance && time.Ticks >= distance.Ticks
            ? new TakenTime(new DateTimeOffset(time, distance), true)
            : new TakenTime(new DateTimeOffset(time, TimeSpan.Zero), false);
    }

    private static TimeSpan? OffsetOf(string? text) =>
        text == "Z" ? TimeSpan.Zero
        : text is [('+' or '-') and var sign, .. var distance]
        && TimeSpan.TryParseExact(distance, Offsets, CultureInfo.InvariantCulture, out var span)
        && span <= TimeSpan.FromHours(14)
            ? sign == '-' ? -span
                : span
        : null;
}
