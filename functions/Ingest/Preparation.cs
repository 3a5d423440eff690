using Serverless.Backfill;
using Serverless.Duplicates.Listing;
using Serverless.Ledger;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Ingest;

/// <summary>Makes what the app needs and does not find, before the first request: containers, queue, tables, index.</summary>
internal sealed class Preparation(
    ImageStore images,
    QuarantineStore quarantine,
    RecheckQueue recheck,
    BackfillQueue backfills,
    BackfillJobs jobs,
    ImageLedger ledger,
    AnnouncementLog log,
    RememberedDecisions decisions,
    DuplicateTable duplicates,
    ImageIndex index) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.WhenAll(
        images.EnsureAsync(cancellationToken),
        quarantine.EnsureAsync(cancellationToken),
        recheck.EnsureAsync(cancellationToken),
        backfills.EnsureAsync(cancellationToken),
        jobs.EnsureAsync(cancellationToken),
        ledger.EnsureAsync(cancellationToken),
        log.EnsureAsync(cancellationToken),
        decisions.EnsureAsync(cancellationToken),
        duplicates.EnsureAsync(cancellationToken),
        index.EnsureAsync(cancellationToken));

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
