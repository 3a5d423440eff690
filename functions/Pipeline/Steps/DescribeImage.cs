using Serverless.Describe;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Pipeline.Steps;

/// <summary>
/// Describes a live image, and writes the texts into its record and the index. Failures are retried a limited number of times with growing
/// delays; the record says why there is no description.
/// </summary>
internal sealed partial class DescribeImage(
    ImageLedger ledger,
    ImageDescriber describer,
    DescribeQueue queue,
    PublishImage publish,
    StorageClock storage,
    ILogger<DescribeImage> logger
)
{
    private const string GivenUp = " It will not be retried automatically: a backfill of descriptions tries again.";

    public async Task RunAsync(DescribeMessage message, CancellationToken cancellation)
    {
        var record = await ledger.FindAsync(message.Id, cancellation);
        if (
            record is not { State: ImageState.Announced or ImageState.Indexing or ImageState.Indexed }
            || record.Sha256 != message.Sha256
            || record.Description?.Model is not null
            || !describer.Covers(record)
        )
        {
            return;
        }

        // An image on its way to the index is not described yet.
        var outcome =
            record.State == ImageState.Indexed
                ? await describer.DescribeAsync(record, cancellation)
                : new DescribeOutcome(null, Attempts: 1);
        if (outcome.Text is { } text)
        {
            var at = await storage.NowAsync(cancellation);
            await WriteAsync(message, known => known.Model is null ? known.With(text, describer.Model, at) : known, cancellation);
            await publish.RunAsync(message.Id, cancellation);
            return;
        }

        await GoOnAsync(message with { Attempts = message.Attempts + outcome.Attempts }, outcome, cancellation);
    }

    private async Task GoOnAsync(DescribeMessage message, DescribeOutcome outcome, CancellationToken cancellation)
    {
        var isOver = outcome.IsFinal || message.Attempts >= DescribeSchedule.MostAttempts;
        if (!isOver)
        {
#pragma warning disable CA5394 // What spreads attempts needs no secrecy.
            var delay = DescribeSchedule.DelayOf(message.Attempts, outcome.Delay, Random.Shared.NextDouble());
#pragma warning restore CA5394
            await queue.SendAsync(message, delay, cancellation);
        }

        if (outcome.Problem is { } problem)
        {
            NotDescribed(logger, message.Id, message.Attempts, problem);
            var told = isOver && !outcome.IsFinal ? problem + GivenUp : problem;
            await WriteAsync(message, known => known.Model is null ? known with { Problem = told } : known, cancellation);
        }
    }

    private async Task WriteAsync(DescribeMessage message, Func<ImageDescription, ImageDescription> change, CancellationToken cancellation)
    {
        await ledger.ChangeAsync(await ledger.FindAsync(message.Id, cancellation), Changed, cancellation);

        ImageRecord? Changed(ImageRecord record)
        {
            if (record.State is ImageState.Removed or ImageState.Unreadable || record.Sha256 != message.Sha256)
            {
                return null;
            }

            var before = record.Description ?? new ImageDescription { Sha256 = message.Sha256 };
            var after = change(before);
            return after == before ? null : record with { LastDescription = after };
        }
    }

    [LoggerMessage(141, LogLevel.Warning, "Image {Id}: not described yet ({Attempts} attempts). {Problem}")]
    private static partial void NotDescribed(ILogger logger, string id, int attempts, string problem);
}
