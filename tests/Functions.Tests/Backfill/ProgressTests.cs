using Serverless.Backfill;

namespace Functions.Tests.Backfill;

public sealed class ProgressTests
{
    private static readonly DateTimeOffset Start = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly BackfillJob Job = new()
    {
        Id = "job",
        Container = "images",
        StartedAt = Start,
        RunningSince = Start,
    };

    [Fact]
    public void What_slices_have_done_counts_before_they_are_over()
    {
        var slices = Slicing
            .Cut("job", 0, [new("a", "1"), new("b", "1"), new("c", "1")])
            .Select(slice => slice with { Processed = 2, Failed = 1 });
        var progress = BackfillProgress.Of(Job with { Done = 10, Failed = 1 }, slices, Start.AddSeconds(2));
        Assert.Equal((11, 2, 5.5), (progress.Done, progress.Failed, progress.ImagesPerSecond));
    }

    [Fact]
    public void The_rate_is_that_since_the_last_resumption_and_stops_with_the_backfill()
    {
        var job = Job with { Done = 300, DoneBefore = 100, RunningSince = Start.AddHours(5) };
        Assert.Equal(4, BackfillProgress.Of(job, [], Start.AddHours(5).AddSeconds(50)).ImagesPerSecond);
        var finished = job with { FinishedAt = Start.AddHours(5).AddSeconds(100), Status = BackfillStatus.Completed };
        var progress = BackfillProgress.Of(finished, [], Start.AddDays(3));
        Assert.Equal((2.0, null), (progress.ImagesPerSecond, progress.SecondsLeft));
    }

    [Fact]
    public void Before_the_first_image_and_before_the_blobs_are_counted_nobody_knows_how_long_it_takes()
    {
        Assert.Null(BackfillProgress.Of(Job, [], Start.AddSeconds(9)).ImagesPerSecond);
        Assert.Null(BackfillProgress.Of(Job with { Done = 5, Queued = 10, Found = 20 }, [], Start.AddSeconds(9)).SecondsLeft);
    }

    [Fact]
    public void Of_the_blobs_not_seen_yet_as_many_are_expected_to_need_work_as_of_the_others()
    {
        var job = Job with { Found = 200, Queued = 100, Done = 50, Counted = 1000, IsCounted = true };
        Assert.Equal(450, BackfillProgress.Of(job, [], Start.AddSeconds(50)).SecondsLeft);
        Assert.Equal(10, BackfillProgress.Of(job with { Max = 60 }, [], Start.AddSeconds(50)).SecondsLeft);
        Assert.Equal(50, BackfillProgress.Of(job with { IsListed = true }, [], Start.AddSeconds(50)).SecondsLeft);
    }

    [Fact]
    public void An_estimate_takes_the_measured_rate_and_the_prices_of_what_each_image_needs()
    {
        var hosted = BackfillEstimate.Of(1_000_000, new EstimateBasis(0.0001m, 4, MostPerSecond: 10, Measured: 40));
        Assert.Equal((25_000, 40, true, 400m), (hosted.Seconds, hosted.ImagesPerSecond, hosted.IsMeasured, hosted.EmbeddingUsd));
        Assert.Equal(hosted.EmbeddingUsd + hosted.StorageUsd + hosted.ComputeUsd + hosted.TelemetryUsd, hosted.Usd);

        var quota = BackfillEstimate.Of(100, new EstimateBasis(0.0001m, 4, MostPerSecond: 10, Measured: null));
        Assert.Equal((2.5, false, 40), (quota.ImagesPerSecond, quota.IsMeasured, quota.Seconds));

        var local = BackfillEstimate.Of(1_000_000, new EstimateBasis(0, 1, null, null));
        Assert.Equal(0, local.EmbeddingUsd);
        Assert.InRange(local.StorageUsd, 1m, 10m);
        Assert.InRange(local.ComputeUsd, 1m, 20m);
    }
}
