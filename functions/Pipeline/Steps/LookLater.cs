using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Pipeline.Steps;

/// <summary>Has a second look come again.</summary>
internal sealed class LookLater(RecheckQueue queue, StorageClock storage, IOptions<DuplicateOptions> options)
{
    /// <summary>After the visibility window of the index.</summary>
    public Task RunAsync(RecheckMessage message, CancellationToken cancellation) =>
        RunAsync(message, options.Value.VisibilityWindow, cancellation);

    public Task RunAsync(RecheckMessage message, TimeSpan delay, CancellationToken cancellation) =>
        queue.SendAsync(message, delay < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : delay, cancellation);

    /// <summary>A move may wait for a lease, which may have no end: the longer it has waited, the later it is tried again.</summary>
    public async Task RunAsync(RecheckMessage message, ImageRecord unfinished, CancellationToken cancellation)
    {
        var window = options.Value.VisibilityWindow;
        var delay = unfinished.WaitingSince is { } since
            ? DeferImage.DelayOf(await storage.NowAsync(cancellation) - since, null, DeferImage.Longest)
            : window;
        await RunAsync(message, delay > window ? delay : window, cancellation);
    }
}
