using Serverless.Telemetry;

namespace Functions.Tests.Telemetry;

public sealed class RetryAfterHeaderTests
{
    private static readonly DateTimeOffset Sent = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("7", 7)]
    [InlineData("Mon, 30 Nov 2026 12:00:30 GMT", 30)]
    [InlineData("99999999999999", 86400)]
    [InlineData("Mon, 30 Nov 2099 12:00:30 GMT", 86400)]
    public void Seconds_and_dates_are_understood_up_to_a_day(string value, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfterHeader.Read(value, Sent));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("Mon, 30 Nov 2026 11:59:30 GMT")]
    public void Anything_else_asks_for_nothing(string? value) => Assert.Null(RetryAfterHeader.Read(value, Sent));
}
