using System.Globalization;
using FunctionsHost.Configuration;
using FunctionsHost.Triggers.Timer;
using Xunit;

namespace FunctionsHost.Tests;

public sealed class TimerScheduleTests
{
    [Theory]
    [InlineData("*/5 * * * * *", "2026-01-01T00:00:01Z", "2026-01-01T00:00:05Z")]
    [InlineData("0 */5 * * * *", "2026-01-01T00:05:00Z", "2026-01-01T00:10:00Z")]
    [InlineData("30 3 * * *", "2026-01-01T04:00:00Z", "2026-01-02T03:30:00Z")]
    [InlineData("0 0 12 * * MON", "2026-01-01T00:00:00Z", "2026-01-05T12:00:00Z")]
    [InlineData("01:30:00", "2026-01-01T00:00:00Z", "2026-01-01T01:30:00Z")]
    public void Knows_the_next_run(string schedule, string after, string next) =>
        Assert.Equal(Time(next), Parse(schedule).Next(Time(after)));

    [Fact]
    public void Runs_by_the_time_zone_of_the_app_also_when_its_clock_skips_an_hour()
    {
        var schedule = Parse("0 30 2 * * *", ("WEBSITE_TIME_ZONE", "Europe/Berlin"));
        Assert.Equal(Time("2026-01-02T01:30:00Z"), schedule.Next(Time("2026-01-01T12:00:00Z")));
        Assert.Equal(Time("2026-03-29T01:30:00Z"), schedule.Next(Time("2026-03-28T12:00:00Z"))); // 02:30 does not exist on that day.
        Assert.Equal(Time("2026-07-02T00:30:00Z"), schedule.Next(Time("2026-07-01T12:00:00Z")));
    }

    [Fact]
    public void An_unknown_time_zone_is_refused() =>
        Assert.Throws<HostException>(() => Parse("0 0 3 * * *", ("WEBSITE_TIME_ZONE", "Mars/Olympus")));

    [Theory]
    [InlineData("*/5 * * * * *", false)]
    [InlineData("00:00:59", false)]
    [InlineData("0 * * * * *", true)]
    [InlineData("00:01:00", true)]
    public void Only_runs_that_are_a_minute_apart_are_monitored(string schedule, bool monitored) =>
        Assert.Equal(monitored, Parse(schedule).IsMonitored(Time("2026-01-01T00:00:00Z")));

    private static TimerSchedule Parse(string text, params (string Name, string Value)[] settings) => TimerSchedule.Parse(
        text, "F", new AppSettings(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value))));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
