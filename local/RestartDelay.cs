namespace Local;

/// <summary>How long to wait before a program that ended is started again: longer each time, unless it had run for a while.</summary>
internal sealed class RestartDelay
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    /// <summary>A program that ran this long did not end because of how it was started.</summary>
    public static readonly TimeSpan AWhile = TimeSpan.FromSeconds(5);

    private TimeSpan next = First;

    /// <param name="lived">From when it was ready until it ended; zero where it never was.</param>
    public TimeSpan After(TimeSpan lived)
    {
        var delay = lived >= AWhile ? First : next;
        next = delay * 2 < Longest ? delay * 2 : Longest;
        return delay;
    }
}
