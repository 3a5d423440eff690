using Serverless.Pipeline;

namespace Functions.Tests.Pipeline;

/// <summary>Side by side, or alone.</summary>
public sealed class SoloGateTests : IDisposable
{
    private readonly SoloGate gate = new();

    public void Dispose() => gate.Dispose();

    [Fact]
    public async Task What_runs_alone_waits_for_those_before_it_and_those_after_it_wait()
    {
        var (one, other) = (await gate.EnterAsync(default), await gate.EnterAsync(default));
        var alone = gate.EnterAloneAsync(default);
        var late = gate.EnterAsync(default);
        one.Dispose();
        Assert.False(alone.IsCompleted);
        other.Dispose();
        var place = await alone;
        Assert.False(late.IsCompleted);
        place.Dispose();
        (await late).Dispose();
    }

    [Fact]
    public async Task Who_gives_up_waiting_holds_nobody_up()
    {
        using var stop = new CancellationTokenSource();
        var before = await gate.EnterAsync(default);
        var alone = gate.EnterAloneAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => alone);
        (await gate.EnterAsync(default)).Dispose();
        before.Dispose();
        (await gate.EnterAloneAsync(default)).Dispose();
    }
}
