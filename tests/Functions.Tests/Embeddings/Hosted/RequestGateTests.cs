using Microsoft.Extensions.Time.Testing;
using Serverless.Embeddings.Hosted;
using Shared;

namespace Functions.Tests.Embeddings.Hosted;

public sealed class RequestGateTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromDays(1);

    private readonly FakeTimeProvider clock = new();
    private readonly RequestGate gate;

    public RequestGateTests() => gate = new RequestGate(60, clock);

    public void Dispose() => gate.Dispose();

    [Fact]
    public async Task Lets_through_what_the_quota_allows_and_no_more()
    {
        var turns = Enumerable.Range(0, 200).Select(_ => gate.TryEnterAsync(isQuery: false, Long, CancellationToken.None)).ToList();

        for (var second = 1; second <= 60; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1.01));
        }

        // Two could go at once, and one each second.
        await Patience.UntilAsync(() => turns.Count(turn => turn.IsCompleted) >= 60);
        Assert.InRange(await DoneAsync(turns), 60, 63);
    }

    [Fact]
    public async Task Who_waits_for_an_answer_goes_before_background_work()
    {
        await Task.WhenAll(Enter(false), Enter(false));
        var uploads = Enumerable.Range(0, 5).Select(_ => Enter(false)).ToList();
        var query = Enter(true);

        clock.Advance(TimeSpan.FromSeconds(1.01));

        Assert.True(await query);
        Assert.Equal(0, await DoneAsync(uploads));
    }

    [Fact]
    public async Task Who_waits_too_long_is_told_and_takes_no_turn_from_the_others()
    {
        await Task.WhenAll(Enter(false), Enter(false));
        var impatient = gate.TryEnterAsync(isQuery: true, TimeSpan.FromSeconds(0.5), CancellationToken.None);
        var patient = Enter(false);

        clock.Advance(TimeSpan.FromSeconds(0.6));
        Assert.False(await impatient);
        clock.Advance(TimeSpan.FromSeconds(0.5));

        Assert.True(await patient);
    }

    [Fact]
    public async Task Who_gives_up_takes_no_turn_from_the_others()
    {
        await Task.WhenAll(Enter(false), Enter(false));
        using var cancellation = new CancellationTokenSource();
        var gone = gate.TryEnterAsync(isQuery: true, Long, cancellation.Token);
        var staying = Enter(false);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        clock.Advance(TimeSpan.FromSeconds(1.01));

        Assert.True(await staying);
    }

    [Fact]
    public async Task Nobody_passes_during_a_pause_however_urgent()
    {
        gate.Pause(TimeSpan.FromMinutes(10));
        var query = Enter(true);

        clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(0, await DoneAsync([query]));
        Assert.False(await gate.TryEnterAsync(isQuery: true, TimeSpan.FromSeconds(30), CancellationToken.None));
        clock.Advance(TimeSpan.FromMinutes(1.1));

        Assert.True(await query);
    }

    private Task<bool> Enter(bool isQuery) => gate.TryEnterAsync(isQuery, Long, CancellationToken.None);

    /// <summary>How many turns came; what is due has been given when the clock moved, and only its continuations may still run.</summary>
    private static async Task<int> DoneAsync(IReadOnlyList<Task<bool>> turns)
    {
        for (var look = 0; look < 20; look++)
        {
            await Task.Yield();
            await Task.Delay(5);
        }

        return turns.Count(turn => turn.IsCompletedSuccessfully && turn.Result);
    }
}
