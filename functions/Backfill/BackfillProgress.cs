namespace Serverless.Backfill;

/// <summary>How far a backfill is.</summary>
/// <param name="Done">Images processed without a failure, including those of slices that are not over.</param>
/// <param name="Failed">Images that failed.</param>
/// <param name="ImagesPerSecond">Since it was started or last resumed; null before the first image.</param>
/// <param name="SecondsLeft">At that rate; null if there is none, or if it is not known yet how many blobs there are.</param>
internal sealed record BackfillProgress(long Done, long Failed, double? ImagesPerSecond, long? SecondsLeft)
{
    /// <param name="slices">Its slices that it has not counted yet.</param>
    /// <param name="now">By the clock of the storage service; null if no rate is asked for.</param>
    public static BackfillProgress Of(BackfillJob job, IEnumerable<BackfillSlice> slices, DateTimeOffset? now = null)
    {
        var (done, failed) = (job.Done, job.Failed);
        foreach (var slice in slices)
        {
            done += slice.Processed - slice.Failed;
            failed += slice.Failed;
        }

        var rate = (job.FinishedAt ?? now) is { } end ? RateOf(job, done, end) : null;
        var left = job.Status == BackfillStatus.Running ? LeftOf(job, done + failed, rate) : null;
        return new BackfillProgress(done, failed, rate, left);
    }

    private static double? RateOf(BackfillJob job, long done, DateTimeOffset end)
    {
        var seconds = (end - job.RunningSince).TotalSeconds;
        return done > job.DoneBefore && seconds > 0 ? (done - job.DoneBefore) / seconds : null;
    }

    /// <summary>Of the blobs that were counted but not seen yet, as many are expected to need work as of those that were seen.</summary>
    private static long? LeftOf(BackfillJob job, long processed, double? rate)
    {
        if (rate is not > 0 || !(job.IsListed || job.IsCounted))
        {
            return null;
        }

        double unseen = job.IsListed ? 0 : Math.Max(job.Counted - job.Found, 0);
        var expected = job.Found == 0 ? unseen : unseen * job.Queued / job.Found;
        var images = Math.Max(job.Queued - processed, 0) + expected;
        images = job.Max is { } max ? Math.Min(images, Math.Max(max - processed, 0)) : images;
        return (long)Math.Ceiling(images / rate.Value);
    }
}
