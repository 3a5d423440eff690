using Serverless.Imaging.Decoders;
using Shared;

namespace Functions.Tests.Imaging.Decoders;

public sealed class DecodeBudgetTests
{
    private static readonly DecodeTimeout None = new(TimeSpan.Zero);
    private readonly DecodeBudget budget = new(160);

    [Fact]
    public void A_caller_whose_timeout_ends_is_told_that_others_are_busy()
    {
        Take(100);
        Assert.Equal(
            "Other pictures kept the decoders busy for 0 s. Try again.",
            Assert.Throws<DecodersBusyException>(() => Take(50)).Message
        );
    }

    [Fact]
    public async Task Without_a_timeout_a_caller_waits_until_there_is_room()
    {
        Take(100);
        var waiting = TakeAsync(50, DecodeTimeout.Unlimited);
        await WaitsAsync();
        budget.Release(100);
        await waiting;
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_does_not_keep_the_next_from_the_room()
    {
        using var gone = new CancellationTokenSource();
        Take(100);
        var waiting = TakeAsync(50, DecodeTimeout.Unlimited with { Cancellation = gone.Token });
        await WaitsAsync();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Take(10);
    }

    [Fact]
    public void A_small_picture_finds_room_beside_large_ones()
    {
        Take(120);
        Assert.Throws<DecodersBusyException>(() => Take(11));
        Take(10);
        Take(10);
    }

    [Fact]
    public async Task A_small_picture_does_not_wait_behind_a_large_one()
    {
        Take(100);
        var large = TakeAsync(100, DecodeTimeout.Unlimited);
        await WaitsAsync();
        Take(10);
        budget.Release(100);
        await large;
    }

    [Fact]
    public async Task While_a_large_one_waits_small_ones_use_their_quarter_only_so_that_it_gets_its_turn()
    {
        for (var i = 0; i < 15; i++)
        {
            Take(10);
        }

        var large = TakeAsync(100, DecodeTimeout.Unlimited);
        await WaitsAsync();
        for (var i = 0; i < 10; i++)
        {
            Assert.Throws<DecodersBusyException>(() => Take(10));
            budget.Release(10);
        }

        await large;
    }

    [Fact]
    public void More_than_there_is_room_for_is_decoded_when_no_other_large_one_is()
    {
        Take(400);
        Assert.Throws<DecodersBusyException>(() => Take(11));
        budget.Release(400);
        Take(11);
        Assert.Throws<DecodersBusyException>(() => Take(400));
    }

    private void Take(long share) => budget.Acquire(share, None.Begin());

    private Task TakeAsync(long share, DecodeTimeout timeout) => Task.Run(() => budget.Acquire(share, timeout.Begin()));

    private Task WaitsAsync() => Patience.UntilAsync(() => budget.Waiting > 0);
}
