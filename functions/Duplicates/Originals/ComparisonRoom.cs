using Microsoft.Extensions.Options;
using Serverless.Imaging;

namespace Serverless.Duplicates.Originals;

/// <summary>The budget of pixels held for comparisons at once: large pictures take turns, first come, first served.</summary>
internal sealed class ComparisonRoom : IDisposable
{
    /// <summary>Pixels per share; small pictures take one share together.</summary>
    private const long Share = 25_000_000;

    private readonly SemaphoreSlim turn = new(1);
    private readonly SemaphoreSlim free;
    private readonly int shares;

    public ComparisonRoom(IOptions<ImageLimits> limits)
    {
        shares = (int)Math.Clamp(limits.Value.MaxPixelsAtOnce / Share, 1, 1000);
        free = new SemaphoreSlim(shares);
    }

    /// <summary>Acquires a share; dispose to release it. More than the whole budget is granted when nobody else holds any.</summary>
    public async Task<IDisposable> TakeAsync(long pixels, CancellationToken cancellation)
    {
        var wanted = (int)Math.Clamp((pixels + Share - 1) / Share, 1, shares);
        var taken = new Lease(free);

        // One caller at a time collects its shares: two that each hold a part would deadlock.
        await turn.WaitAsync(cancellation);
        try
        {
            for (; taken.Count < wanted; taken.Count++)
            {
                await free.WaitAsync(cancellation);
            }

            return taken;
        }
        catch (OperationCanceledException)
        {
            taken.Dispose();
            throw;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose()
    {
        turn.Dispose();
        free.Dispose();
    }

    private sealed class Lease(SemaphoreSlim free) : IDisposable
    {
        public int Count { get; set; }

        public void Dispose()
        {
            if (Count > 0)
            {
                free.Release(Count);
                Count = 0;
            }
        }
    }
}
