using System.Globalization;
using FunctionsHost.Configuration;
using NCrontab;

namespace FunctionsHost.Triggers.Timer;

/// <summary>When a timer is due: an NCRONTAB expression of five or six fields, or the time between two runs.</summary>
internal sealed class TimerSchedule
{
    private readonly CrontabSchedule? _crontab;
    private readonly TimeSpan _interval;
    private readonly TimeZoneInfo _zone;

    private TimerSchedule(CrontabSchedule? crontab, TimeSpan interval, TimeZoneInfo zone) =>
        (_crontab, _interval, _zone) = (crontab, interval, zone);

    public static TimerSchedule Parse(string text, string file, AppSettings settings)
    {
        var zone = FindZone(settings);
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        if (fields is 5 or 6
            && CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = fields == 6 }) is { } crontab)
        {
            return new TimerSchedule(crontab, TimeSpan.Zero, zone);
        }

        return fields == 1 && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero
            ? new TimerSchedule(null, interval, zone)
            : throw new HostException($"{file}: the schedule '{text}' is neither an NCRONTAB expression such as '0 */5 * * * *' "
                + "nor a time such as '00:05:00'.");
    }

    public DateTimeOffset Next(DateTimeOffset after)
    {
        if (_crontab is null)
        {
            return after + _interval;
        }

        var local = _crontab.GetNextOccurrence(TimeZoneInfo.ConvertTime(after, _zone).DateTime);
        while (_zone.IsInvalidTime(local))
        {
            local = local.AddHours(1); // The hour that the clock skips in spring.
        }

        return new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>A schedule with runs less than a minute apart is not monitored: nobody misses one of them.</summary>
    public bool IsMonitored(DateTimeOffset now)
    {
        var first = Next(now);
        return Next(first) - first >= TimeSpan.FromMinutes(1);
    }

    private static TimeZoneInfo FindZone(AppSettings settings)
    {
        const string setting = "WEBSITE_TIME_ZONE";
        var id = settings.Find(setting);
        return id is null ? TimeZoneInfo.Utc
            : TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone
            : throw new HostException($"{setting} must be a time zone of this machine, but is '{id}'.");
    }
}
