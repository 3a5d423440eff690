using Microsoft.Extensions.Options;
using Serverless.Imaging;
using Serverless.Imaging.Decoders;
using Serverless.Storage;
using Serverless.Telemetry;

namespace Serverless.Pipeline.Steps;

/// <summary>Reads and decodes the blob at the path, within the limits, and notes the attempt.</summary>
internal sealed class ReadImage(ImageStore blobs, ImageReader reader, Attempts attempts, IOptions<ImageLimits> limits, StorageClock storage)
{
    private const string Deadly =
        "The app crashed twice while processing this image, so it will not be tried again. Upload it again to retry.";

    private const string Archived =
        "The blob is in the Archive tier and cannot be read. To have it judged, rehydrate it: set its access tier to Hot, "
        + "Cool or Cold.";

    /// <summary>Rehydration takes up to 15 hours, and may never be asked for.</summary>
    private static readonly TimeSpan LongestForRehydration = TimeSpan.FromHours(1);

    /// <summary>
    /// The upload with its image, or with the reason it has none. An already announced upload is only noted. If nothing is set, the blob
    /// has changed since the snapshot.
    /// </summary>
    public async Task<Upload> RunAsync(Snapshot seen, CancellationToken cancellation)
    {
        if (seen.Next == NextStep.Judge)
        {
            return await NoteAsync(seen, cancellation);
        }

        var (path, facts) = (seen.Path, await blobs.WithIndexTagsAsync(seen.Path, seen.Blob!, cancellation));
        var upload = new Upload(seen with { Blob = facts });
        ImageSpans.Waited(facts.UploadedAt, await storage.NowAsync(cancellation));
        if (facts.Bytes > limits.Value.MaxBytes)
        {
            return upload with
            {
                Rejection = $"The file has {facts.Bytes:N0} bytes, more than the limit of {limits.Value.MaxBytes:N0} (Limits:MaxBytes).",
            };
        }

        if (facts.IsArchived)
        {
            return upload with { Deferral = new Deferral(Archived, null, LongestForRehydration) };
        }

        var reading = blobs.ReadAsync(path, facts, cancellation);
        var attempt = await attempts.BeginAsync(path.Id, facts.Version, cancellation);
        try
        {
            return await DecodeAsync(upload with { Attempt = attempt, Bytes = await reading }, cancellation);
        }
        catch
        {
            await attempt.DisposeAsync();
            throw;
        }
    }

    private async Task<Upload> NoteAsync(Snapshot seen, CancellationToken cancellation)
    {
        var attempt = await attempts.BeginDecidingAsync(seen.Path.Id, seen.Blob!.Version, cancellation);
        var upload = new Upload(seen) { Attempt = attempt };
        return attempt.IsDeadly ? upload with { Rejection = Deadly } : upload with { Announced = seen.Record };
    }

    private async Task<Upload> DecodeAsync(Upload upload, CancellationToken cancellation)
    {
        if (upload.Bytes is not { } bytes)
        {
            return upload;
        }

        if (upload.Attempt!.IsDeadly)
        {
            return upload with { Rejection = Deadly };
        }

        var check = await reader.CheckAsync(bytes, DecodeTimeout.Unlimited with { Cancellation = cancellation });
        return upload with { Image = check.Image, Rejection = check.Image is null ? check.Reason : null };
    }
}
