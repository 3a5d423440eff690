using Microsoft.Extensions.Options;
using Serverless.Embeddings.Hosted;

namespace Serverless.Describe;

/// <summary>Limits this instance's requests: few at once, because pictures are in memory meanwhile, and a number per minute.</summary>
internal sealed class DescribePace(IOptions<DescribeOptions> options, TimeProvider clock) : IDisposable
{
    private const int AtOnce = 4;
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PauseOfBusy = TimeSpan.FromSeconds(10);

    private readonly RequestGate gate = new(options.Value.RequestsPerMinute, clock);
    private readonly SemaphoreSlim room = new(AtOnce);

    /// <summary>Waits for a turn, to be released afterwards; null if none came.</summary>
    public async Task<IDisposable?> TryEnterAsync(CancellationToken cancellation)
    {
        if (!await room.WaitAsync(MaxWait, cancellation))
        {
            return null;
        }

        var turn = new Turn(room);
        try
        {
            if (await gate.TryEnterAsync(isQuery: false, MaxWait, cancellation))
            {
                return turn;
            }
        }
        catch
        {
            turn.Dispose();
            throw;
        }

        turn.Dispose();
        return null;
    }

    /// <summary>The endpoint is busy: pauses all requests for a while.</summary>
    public void Pause(TimeSpan? wanted) => gate.Pause(wanted ?? PauseOfBusy);

    public void Dispose()
    {
        gate.Dispose();
        room.Dispose();
    }

    private sealed class Turn(SemaphoreSlim room) : IDisposable
    {
        public void Dispose() => room.Release();
    }
}
