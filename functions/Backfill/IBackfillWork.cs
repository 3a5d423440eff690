using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Backfill;

/// <summary>A blob in the version that was listed, and where its image stands; null where that is not known.</summary>
internal readonly record struct BackfillItem(ImagePath Path, string ETag, ImageBrief? Brief)
{
    /// <summary>It must stay in place, whatever the verdict.</summary>
    public bool ReportOnly { get; init; }
}

/// <summary>One kind of work that backfills do.</summary>
internal interface IBackfillWork
{
    BackfillWork Kind { get; }

    bool IsWanted(BackfillItem item);

    /// <summary>Processes one image; false if it failed.</summary>
    Task<bool> TryRunAsync(BackfillItem item, CancellationToken cancellation);
}
