using System.Globalization;

namespace Serverless.Telemetry;

/// <summary>How long a service asks to be left alone (RFC 9110, Retry-After).</summary>
internal static class RetryAfterHeader
{
    /// <summary>What an endpoint says is not believed beyond this.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <param name="value">Seconds, or a date.</param>
    /// <param name="sent">When the answer was sent by the sender's own clock, which a date is of.</param>
    /// <returns>At most a day; null where nothing, or nothing sensible, is asked for.</returns>
    public static TimeSpan? Read(string? value, DateTimeOffset sent)
    {
        TimeSpan? wait =
            long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                ? TimeSpan.FromSeconds(Math.Min(seconds, (long)Longest.TotalSeconds))
            : DateTimeOffset.TryParseExact(value, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
                ? date - sent
            : null;
        return wait is not { } asked || asked <= TimeSpan.Zero ? null
            : asked < Longest ? asked
            : Longest;
    }
}
