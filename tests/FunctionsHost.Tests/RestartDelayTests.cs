using Local;
using Xunit;

namespace FunctionsHost.Tests;

public sealed class RestartDelayTests
{
    [Fact]
    public void Delays_grow_up_to_a_limit_while_the_program_keeps_exiting()
    {
        var delay = new RestartDelay();
        var waits = Enumerable.Range(0, 8).Select(_ => delay.After(TimeSpan.Zero).TotalSeconds);
        Assert.Equal([0.5, 1, 2, 4, 8, 15, 15, 15], waits);
    }

    [Fact]
    public void A_program_that_ran_for_a_while_is_restarted_soon()
    {
        var delay = new RestartDelay();
        delay.After(TimeSpan.Zero);
        delay.After(TimeSpan.Zero);
        Assert.Equal(RestartDelay.First, delay.After(RestartDelay.AWhile));
        Assert.Equal(RestartDelay.First * 2, delay.After(TimeSpan.Zero));
    }
}
