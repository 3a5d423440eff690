namespace FunctionsHost.Triggers.Blob;

/// <summary>How long to wait between two listings: the larger the container, the smaller the share of time spent on listing it.</summary>
internal static class PollDelay
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);

    public static TimeSpan After(TimeSpan lastListing) => lastListing * 3 > Shortest ? lastListing * 3 : Shortest;
}
