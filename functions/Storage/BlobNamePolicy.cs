using Azure.Core;
using Azure.Core.Pipeline;

namespace Serverless.Storage;

/// <summary>
/// Restores marked blob names (<see cref="BlobNames"/>), in the URL and as the source of a copy. Before requests are
/// signed.
/// </summary>
internal sealed class BlobNamePolicy : HttpPipelineSynchronousPolicy
{
    private const string CopySource = "x-ms-copy-source";

    public override void OnSendingRequest(HttpMessage message)
    {
        message.Request.Uri.Path = BlobNames.Unmarked(message.Request.Uri.Path);
        if (message.Request.Headers.TryGetValue(CopySource, out var source) && source is not null)
        {
            var query = source.IndexOf('?', StringComparison.Ordinal);
            message.Request.Headers.SetValue(
                CopySource,
                query < 0 ? BlobNames.Unmarked(source) : BlobNames.Unmarked(source[..query]) + source[query..]
            );
        }
    }
}
