using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Backfill;

/// <summary>A blob, and where its image stands; null where that is not known.</summary>
internal readonly record struct BackfillItem(ListedBlob Blob, ImageBrief? Brief);

/// <summary>One kind of work that backfills do.</summary>
internal interface IBackfillWork
{
    BackfillWork Kind { get; }

    /// <summary>Few enough that a page ends well within the time limit of a function.</summary>
    int PageSize { get; }

    bool IsWanted(BackfillItem item);

    /// <summary>Returns how many failed.</summary>
    Task<int> RunAsync(IReadOnlyList<BackfillItem> items, CancellationToken cancellation);
}
