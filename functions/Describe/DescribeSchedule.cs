namespace Serverless.Describe;

/// <summary>When a picture is tried again that could not be described.</summary>
internal static class DescribeSchedule
{
    /// <summary>After these, in about a day and a half, it is left alone: somebody has to set something right.</summary>
    public const int MostAttempts = 12;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <summary>Messages of a queue may be hidden for seven days.</summary>
    private static readonly TimeSpan LongestHidden = TimeSpan.FromDays(6);

    /// <param name="attempts">How many have failed, this one included.</param>
    /// <param name="wanted">When the endpoint wants to be asked again, or there is room in the budget.</param>
    /// <param name="random">Spreads what failed together: 0 to 1.</param>
    public static TimeSpan DelayOf(int attempts, TimeSpan? wanted, double random)
    {
        var growing = First * Math.Pow(3, Math.Clamp(attempts - 1, 0, 20));
        var delay = attempts == 0 ? TimeSpan.Zero : (growing < Longest ? growing : Longest);
        delay = (wanted ?? TimeSpan.Zero) > delay ? wanted!.Value : delay;
        delay += (delay * 0.25 * random) + TimeSpan.FromSeconds(2 * random);
        return delay < LongestHidden ? delay : LongestHidden;
    }
}
