using Serverless.Models;
using Serverless.Storage;

namespace Serverless.Pipeline;

/// <summary>While a second index is kept, says of each published change that it must follow. Otherwise it sends nothing.</summary>
internal sealed class MirrorNotice(MirrorQueue queue, ModelSides sides)
{
    public Task SendAsync(string id, CancellationToken cancellation) =>
        sides.State?.Other is { Index: var index }
            ? queue.SendAsync(new MirrorMessage(id, index), TimeSpan.Zero, cancellation)
            : Task.CompletedTask;
}
