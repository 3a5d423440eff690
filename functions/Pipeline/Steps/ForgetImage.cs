using Serverless.Images;
using Serverless.Ledger;

namespace Serverless.Pipeline.Steps;

/// <summary>Deletes a removed image's row, once index and list are up to date.</summary>
internal sealed class ForgetImage(ImageLedger ledger, PublishImage publish)
{
    /// <summary>False if the image is back, or another writer was first.</summary>
    public async Task<bool> TryRunAsync(string id, CancellationToken cancellation) =>
        await publish.RunAsync(id, cancellation) is { State: ImageState.Removed } removed
        && await ledger.TryDeleteAsync(removed, cancellation);
}
