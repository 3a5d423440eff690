using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Pipeline.Steps;

/// <summary>Schedules another second look.</summary>
internal sealed class LookLater(RecheckQueue queue, StorageClock storage, IOptions<DuplicateOptions> options)
{
    /// <summary>After the index's visibility window.</summary>
    public Task RunAsync(RecheckMessage message, CancellationToken cancellation) =>
        RunAsync(message, options.Value.VisibilityWindow, cancellation);

    public Task RunAsync(RecheckMessage message, TimeSpan delay, CancellationToken cancellation) =>
        queue.SendAsync(message, delay < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : delay, cancellation);

    /// <summary>A move may wait for a lease without end: the delay grows with the time already waited.</summary>
    public async Task RunAsync(RecheckMessage message, ImageRecord unfinished, CancellationToken cancellation)
    {
        var window = options.Value.VisibilityWindow;
        var delay = unfinished.WaitingSince is { } since
            ? DeferImage.DelayOf(await storage.NowAsync(cancellation) - since, null, DeferImage.Longest)
            : window;
        await RunAsync(message, delay > window ? delay : window, cancellation);
    }
}
