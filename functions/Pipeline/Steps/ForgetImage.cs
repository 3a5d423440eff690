using Serverless.Images;
using Serverless.Ledger;

namespace Serverless.Pipeline.Steps;

/// <summary>
/// Deletes a removed image's row, once index and list are up to date. Where somebody refused labels for its bytes, a row stays that says
/// only that: they may be uploaded again.
/// </summary>
internal sealed class ForgetImage(ImageLedger ledger, PublishImage publish)
{
    /// <summary>False if the image is back, or another writer was first.</summary>
    public async Task<bool> TryRunAsync(string id, CancellationToken cancellation) =>
        await publish.RunAsync(id, cancellation) is { State: ImageState.Removed } removed
        && (
            removed.LastRefusals is null
                ? await ledger.TryDeleteAsync(removed, cancellation)
                : await ledger.TryWriteAsync(RestOf(removed), cancellation) is not null
        );

    private static ImageRecord RestOf(ImageRecord removed) =>
        new()
        {
            Path = removed.Path,
            State = ImageState.Removed,
            BlobETag = removed.BlobETag,
            UploadedAt = removed.UploadedAt,
            LastRefusals = removed.LastRefusals,
            RowVersion = removed.RowVersion,
        };
}
