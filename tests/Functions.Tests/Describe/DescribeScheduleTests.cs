using Serverless.Describe;

namespace Functions.Tests.Describe;

public sealed class DescribeScheduleTests
{
    [Fact]
    public void Attempts_come_after_growing_times_and_end_within_two_days()
    {
        var delays = Enumerable
            .Range(1, DescribeSchedule.MostAttempts - 1)
            .Select(attempts => DescribeSchedule.DelayOf(attempts, null, 0))
            .ToList();

        Assert.Equal(TimeSpan.FromSeconds(15), delays[0]);
        Assert.Equal(delays.Order(), delays);
        Assert.InRange(delays.Aggregate((sum, delay) => sum + delay).TotalHours, 12, 48);
    }

    [Fact]
    public void What_the_endpoint_wants_counts_where_it_is_longer()
    {
        Assert.Equal(TimeSpan.FromMinutes(20), DescribeSchedule.DelayOf(1, TimeSpan.FromMinutes(20), 0));
        Assert.Equal(TimeSpan.FromSeconds(15), DescribeSchedule.DelayOf(1, TimeSpan.FromSeconds(1), 0));
        Assert.InRange(DescribeSchedule.DelayOf(1, TimeSpan.FromMinutes(20), 1).TotalMinutes, 24, 26);
    }

    [Fact]
    public void No_message_is_hidden_for_longer_than_a_queue_allows()
    {
        Assert.InRange(DescribeSchedule.DelayOf(0, TimeSpan.FromDays(31), 1).TotalDays, 5, 7);
        Assert.InRange(DescribeSchedule.DelayOf(int.MaxValue, null, 1).TotalDays, 0, 7);
    }
}
