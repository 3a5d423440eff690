using Microsoft.Extensions.Time.Testing;
using Serverless.Embeddings.Hosted;

namespace Functions.Tests.Embeddings.Hosted;

public sealed class RetryScheduleTests
{
    private readonly FakeTimeProvider clock = new();

    [Theory]
    [InlineData(0.0, 0.5)]
    [InlineData(1.0, 1.0)]
    public void Waits_twice_as_long_each_time_up_to_a_bound_with_jitter(double random, double share)
    {
        var schedule = new RetrySchedule(TimeSpan.FromHours(1), clock, () => random);

        var delays = Enumerable.Range(0, 8).Select(_ => schedule.Next(null)!.Value.TotalSeconds / share);

        Assert.Equal([0.25, 0.5, 1, 2, 4, 8, 8, 8], delays);
    }

    [Fact]
    public void Waits_at_least_as_long_as_the_provider_asks()
    {
        var schedule = new RetrySchedule(TimeSpan.FromHours(1), clock, () => 0);

        Assert.InRange(schedule.Next(TimeSpan.FromSeconds(90))!.Value, TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(91));
    }

    [Fact]
    public void Ends_where_the_next_attempt_would_come_too_late()
    {
        var schedule = new RetrySchedule(TimeSpan.FromSeconds(20), clock, () => 0);

        Assert.Null(schedule.Next(TimeSpan.FromSeconds(21)));
        clock.Advance(TimeSpan.FromSeconds(19.9));
        Assert.Null(schedule.Next(null));
        Assert.Equal(0.1, schedule.Remaining.TotalSeconds, 1e-6);
    }
}
