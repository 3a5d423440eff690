using FunctionsHost.Handler;
using Xunit;

namespace FunctionsHost.Tests;

public sealed class RestartBudgetTests
{
    [Fact]
    public void The_third_failure_within_half_an_hour_is_the_last_and_each_wait_is_longer_than_the_one_before()
    {
        var budget = new RestartBudget(new Clock());
        Assert.True(budget.TrySpend(out var first));
        Assert.True(budget.TrySpend(out var second));
        Assert.True(second > first);
        Assert.False(budget.TrySpend(out _));
    }

    [Fact]
    public void Failures_that_are_older_than_half_an_hour_are_forgotten()
    {
        var clock = new Clock();
        var budget = new RestartBudget(clock);
        Assert.True(budget.TrySpend(out var first));
        Assert.True(budget.TrySpend(out _));
        clock.Now += TimeSpan.FromMinutes(31);
        Assert.True(budget.TrySpend(out var afterwards));
        Assert.Equal(first, afterwards);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
