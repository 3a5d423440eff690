namespace Serverless.Describe;

/// <summary>The retry schedule for pictures that could not be described.</summary>
internal static class DescribeSchedule
{
    /// <summary>After these, within about a day and a half, it gives up: somebody must fix something.</summary>
    public const int MostAttempts = 12;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <summary>Messages of a queue may be hidden for seven days.</summary>
    private static readonly TimeSpan LongestHidden = TimeSpan.FromDays(6);

    /// <param name="attempts">Failed attempts, including this one.</param>
    /// <param name="wanted">The delay requested by the endpoint or the budget.</param>
    /// <param name="random">Spreads retries of work that failed together: 0 to 1.</param>
    public static TimeSpan DelayOf(int attempts, TimeSpan? wanted, double random)
    {
        var growing = First * Math.Pow(3, Math.Clamp(attempts - 1, 0, 20));
        var delay = attempts == 0 ? TimeSpan.Zero : (growing < Longest ? growing : Longest);
        delay = (wanted ?? TimeSpan.Zero) > delay ? wanted!.Value : delay;
        delay += (delay * 0.25 * random) + TimeSpan.FromSeconds(2 * random);
        return delay < LongestHidden ? delay : LongestHidden;
    }
}
