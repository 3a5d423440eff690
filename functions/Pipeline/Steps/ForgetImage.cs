using Serverless.Images;
using Serverless.Ledger;

namespace Serverless.Pipeline.Steps;

/// <summary>Deletes the row of a removed image, once index and list have followed it.</summary>
internal sealed class ForgetImage(ImageLedger ledger, PublishImage publish)
{
    /// <summary>False where the image is back, or another writer was first.</summary>
    public async Task<bool> TryRunAsync(string id, CancellationToken cancellation) =>
        await publish.RunAsync(id, cancellation) is { State: ImageState.Removed } removed
        && await ledger.TryDeleteAsync(removed, cancellation);
}
