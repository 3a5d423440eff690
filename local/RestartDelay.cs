namespace Local;

/// <summary>The delay before a program that exited is restarted: longer each time, unless it had run for a while.</summary>
internal sealed class RestartDelay
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    /// <summary>A program that ran this long did not fail at startup.</summary>
    public static readonly TimeSpan AWhile = TimeSpan.FromSeconds(5);

    private TimeSpan next = First;

    /// <param name="lived">The time from ready to exit; zero if it never was ready.</param>
    public TimeSpan After(TimeSpan lived)
    {
        var delay = lived >= AWhile ? First : next;
        next = delay * 2 < Longest ? delay * 2 : Longest;
        return delay;
    }
}
