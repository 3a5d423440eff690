using FunctionsHost.Triggers.Blob;
using FunctionsHost.Triggers.Queue;
using Xunit;

namespace FunctionsHost.Tests;

public sealed class PollDelayTests
{
    [Theory]
    [InlineData(5, 250)]
    [InlineData(83, 250)]
    [InlineData(1200, 3600)]
    public void Listing_takes_a_quarter_of_the_time_at_most(int listing, int delay) =>
        Assert.Equal(TimeSpan.FromMilliseconds(delay), PollDelay.After(TimeSpan.FromMilliseconds(listing)));

    [Fact]
    public void An_empty_queue_is_looked_at_less_and_less_but_every_second_at_least()
    {
        var delay = new QueuePollDelay(TimeSpan.FromMinutes(1));
        var delays = Enumerable.Range(0, 10).Select(_ => delay.Empty()).ToList();
        Assert.Equal(TimeSpan.FromMilliseconds(100), delays[0]);
        Assert.Equal(delays.Order(), delays);
        Assert.Equal(TimeSpan.FromSeconds(1), delays[^1]);
        delay.Found();
        Assert.Equal(TimeSpan.FromMilliseconds(100), delay.Empty());
    }

    [Fact]
    public void The_longest_wait_of_host_json_counts_where_it_is_shorter()
    {
        var delay = new QueuePollDelay(TimeSpan.FromMilliseconds(200));
        Assert.Equal([100, 150, 200, 200], Enumerable.Range(0, 4).Select(_ => delay.Empty().TotalMilliseconds));
    }
}
