using Serverless.Describe;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Sheets;
using Serverless.Storage;

namespace Serverless.Pipeline.Steps;

/// <summary>
/// Brings the pages and tiles of a sheet up to date with its record, and looks at the record again until nothing has changed: whatever
/// happens meanwhile, the last write agrees with it.
/// </summary>
internal sealed partial class UpdateParts(
    ImageLedger ledger,
    SheetLedger sheets,
    MakePages make,
    PublishParts publish,
    SheetRule rule,
    UpdatePartsWork work
)
{
    /// <summary>Another worker is busy with this sheet.</summary>
    private static readonly TimeSpan WhileBusy = TimeSpan.FromSeconds(10);

    public async Task RunAsync(PartsMessage message, CancellationToken cancellation)
    {
        try
        {
            var record = await ledger.FindAsync(message.Id, cancellation);
            while (true)
            {
                var (seen, again) = await StepAsync(message, record, cancellation);
                if (again is { } delay)
                {
                    await work.Queue.SendAsync(message, delay, cancellation);
                    return;
                }

                record = await ledger.FindAsync(message.Id, cancellation);
                if (record?.RowVersion == seen?.RowVersion)
                {
                    return;
                }
            }
        }
        catch (EmbeddingUnavailableException outage)
        {
            await LaterAsync(message with { Attempts = message.Attempts + 1 }, outage, cancellation);
        }
    }

    /// <summary>The record that the parts agree with, or how long to wait before the next attempt.</summary>
    private async Task<(ImageRecord? Record, TimeSpan? Again)> StepAsync(
        PartsMessage message,
        ImageRecord? record,
        CancellationToken cancellation
    )
    {
        var id = message.Id;
        if (message.Repairs)
        {
            await publish.RepairAsync(id, cancellation);
        }

        switch (record)
        {
            case null or { State: ImageState.Removed or ImageState.Rejected }:
                await publish.ForgetAsync(id, cancellation);
                return (record, null);
            case { IsLive: true } when !rule.MayHaveParts(record):
                await publish.ForgetAsync(id, cancellation);
                return (record, null);
            case { IsLive: true } when work.Model.Made(record):
                return await MakeAsync(record, cancellation);
            case { IsLive: true }
            or { State: ImageState.Waiting or ImageState.Quarantining or ImageState.Quarantined or ImageState.Restoring }:
                await publish.TakeOutAsync(id, cancellation);
                return (record, null);
            default:
                return (record, null);
        }
    }

    private async Task<(ImageRecord? Record, TimeSpan? Again)> MakeAsync(ImageRecord record, CancellationToken cancellation)
    {
        if (!record.HasParts)
        {
            // First of all: whoever changes the record from now on sends a message too.
            return await ledger.TryWriteAsync(record with { HasParts = true }, cancellation) is { } noted
                ? await MakeAsync(noted, cancellation)
                : (null, TimeSpan.Zero);
        }

        var (sheet, madeOf) = (
            await sheets.FindAsync(record.Id, cancellation) ?? new StoredSheet(record.Id),
            rule.MadeOf(record.Path, record.Sha256)
        );
        if (sheet.MadeOf != madeOf)
        {
            sheet = new StoredSheet(record.Id) { MadeOf = madeOf, RowVersion = sheet.RowVersion };
        }

        if (!sheet.IsWhole)
        {
            var made = await make.RunAsync(record, sheet, cancellation);
            if (made.IsGone)
            {
                return (record, null);
            }

            if (made.Sheet is not { IsWhole: true } whole)
            {
                return (record, made.Sheet is null ? WhileBusy : TimeSpan.Zero);
            }

            sheet = whole;
        }

        if (record.Frames == 0 && sheet.Pages > 0)
        {
            // An older version judged it, and did not count.
            record = await ledger.TryWriteAsync(record with { Frames = sheet.Pages }, cancellation) ?? record;
        }

        return (record, await publish.RunAsync(record, sheet, cancellation) is null ? WhileBusy : null);
    }

    private async Task LaterAsync(PartsMessage message, EmbeddingUnavailableException outage, CancellationToken cancellation)
    {
        NotMade(work.Logger, message.Id, message.Attempts, outage.Message);
        if (message.Attempts < DescribeSchedule.MostAttempts)
        {
#pragma warning disable CA5394 // What spreads attempts needs no secrecy.
            var delay = DescribeSchedule.DelayOf(message.Attempts, outage.RetryAfter, Random.Shared.NextDouble());
#pragma warning restore CA5394
            await work.Queue.SendAsync(message, delay, cancellation);
        }
    }

    [LoggerMessage(160, LogLevel.Warning, "Sheet {Id}: its pages are not searched yet ({Attempts} attempts). {Problem}")]
    private static partial void NotMade(ILogger logger, string id, int attempts, string problem);
}

/// <summary>What the work on parts goes on with.</summary>
internal sealed record UpdatePartsWork(PartsQueue Queue, EmbeddingModel Model, ILogger<UpdateParts> Logger);
