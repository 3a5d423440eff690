using Serverless.Images;
using Serverless.Ledger;
using Serverless.Pipeline.Steps;
using Serverless.Storage;

namespace Serverless.Reconcile;

/// <summary>How bucket, index and ledger disagree on one image.</summary>
internal enum DifferenceKind
{
    /// <summary>A blob whose current version was never processed.</summary>
    MissedUpload,

    /// <summary>An image with vectors of another or an unknown model.</summary>
    OtherModel,

    /// <summary>A record whose blob is gone.</summary>
    MissedDeletion,

    /// <summary>An image that got stuck on its way to a verdict, to quarantine or back.</summary>
    Stuck,

    /// <summary>A live image missing from the index.</summary>
    MissingDocument,

    /// <summary>An image in the index that is not live.</summary>
    OrphanDocument,

    /// <summary>A record whose blob was deleted from the quarantine container.</summary>
    LostCopy,

    /// <summary>A blob in quarantine without a record.</summary>
    OrphanCopy,

    /// <summary>An announcement that was never removed from the log.</summary>
    LeftoverAnnouncement,

    /// <summary>A blob whose name no URL reaches.</summary>
    Unaddressable,

    /// <summary>A record whose row cannot be read.</summary>
    UnreadableRecord,

    /// <summary>An unreadable row of the announcement log, or a damaged counter.</summary>
    UnreadableAnnouncement,

    /// <summary>A row of the list of duplicates that is missing, unreadable, or disagrees with the record.</summary>
    WrongListing,

    /// <summary>A document written by an older version: words do not find it, and some filters miss it.</summary>
    OutdatedDocument,

    /// <summary>A live sheet whose pages or tiles are missing, of an earlier file or setting, or not in their index.</summary>
    MissingParts,

    /// <summary>Pages or tiles of a sheet that is not live.</summary>
    OrphanParts,
}

/// <summary>What all stores know about one image.</summary>
/// <param name="HasDocument">It is in the search index.</param>
/// <param name="IsOfModel">Its vectors are the current model's.</param>
/// <param name="IsDocumentOfModel">Its document's vectors are the current model's.</param>
/// <param name="IsDocumentOfToday">Its document has the words of this version.</param>
internal sealed record ImageFacts(
    ImageBrief? Record,
    ListedBlob? Blob,
    bool HasDocument,
    bool HasCopy,
    bool IsOfModel = true,
    bool IsDocumentOfModel = true,
    bool IsDocumentOfToday = true
);

/// <summary>The rule that decides whether the stores agree.</summary>
internal static class Differences
{
    /// <summary>
    /// The difference, or null if all agree. Anything written after <paramref name="settledBefore"/> may still be in progress: the index
    /// lags, and events may be late.
    /// </summary>
    public static DifferenceKind? Of(ImageFacts facts, DateTimeOffset settledBefore)
    {
        var hasOldBlob = facts.Blob is { } blob && blob.UploadedAt < settledBefore;
        if (facts.Record is not { } record)
        {
            return hasOldBlob ? DifferenceKind.MissedUpload
                : facts is { Blob: null, HasDocument: true } ? DifferenceKind.OrphanDocument
                : null;
        }

        // A damaged row will not settle by waiting.
        if (record.State == ImageState.Unreadable)
        {
            return DifferenceKind.UnreadableRecord;
        }

        if (record.WrittenAt >= settledBefore)
        {
            return null;
        }

        var isNewVersion = hasOldBlob && facts.Blob!.ETag != record.BlobETag;
        return record.State switch
        {
            ImageState.Announced or ImageState.Indexing or ImageState.Quarantining or ImageState.Restoring => DifferenceKind.Stuck,
            ImageState.Indexed or ImageState.Rejected or ImageState.Waiting when facts.Blob is null => DifferenceKind.MissedDeletion,
            ImageState.Quarantined when !facts.HasCopy => DifferenceKind.LostCopy,
            ImageState.Indexed or ImageState.Rejected or ImageState.Waiting when isNewVersion => DifferenceKind.MissedUpload,
            ImageState.Waiting when record.WrittenAt < settledBefore - DeferImage.Longest => DifferenceKind.Stuck,
            ImageState.Removed or ImageState.Quarantined when hasOldBlob => DifferenceKind.MissedUpload,
            ImageState.Indexed or ImageState.Rejected when !facts.IsOfModel => DifferenceKind.OtherModel,
            ImageState.Indexed when record.QuarantineName is not null => DifferenceKind.Stuck,
            ImageState.Indexed when !facts.HasDocument || !facts.IsDocumentOfModel => DifferenceKind.MissingDocument,
            ImageState.Indexed when !facts.IsDocumentOfToday => DifferenceKind.OutdatedDocument,
            ImageState.Rejected or ImageState.Removed or ImageState.Quarantined or ImageState.Waiting when facts.HasDocument =>
                DifferenceKind.OrphanDocument,
            _ => null,
        };
    }

    public static string What(DifferenceKind kind) =>
        kind switch
        {
            DifferenceKind.MissedUpload => "The blob's current version was never judged.",
            DifferenceKind.OtherModel => "Its vectors belong to another model: searches do not find it, and nothing is compared with it.",
            DifferenceKind.MissedDeletion => "The blob was deleted, but not the record.",
            DifferenceKind.Stuck => "The image got stuck on its way to a verdict, to quarantine or back.",
            DifferenceKind.MissingDocument => "The image is live but missing from the search index.",
            DifferenceKind.OrphanDocument => "The image is in the search index but not live.",
            DifferenceKind.LostCopy => "The record says quarantined, but the blob is no longer in the quarantine container.",
            DifferenceKind.OrphanCopy => "The blob is in quarantine without a record.",
            DifferenceKind.Unaddressable => "No URL reaches the blob: in a URL, '.' and '..' are resolved.",
            DifferenceKind.UnreadableRecord => "The record's row cannot be read.",
            DifferenceKind.UnreadableAnnouncement => "The row of the announcement log cannot be read.",
            DifferenceKind.WrongListing => "The list of duplicates disagrees with the record.",
            DifferenceKind.OutdatedDocument => "An older version wrote its document: words or labels do not find it.",
            DifferenceKind.MissingParts => "Pages or tiles of the sheet are missing, outdated, or not in their index.",
            DifferenceKind.OrphanParts => "There are pages or tiles of a sheet that is not live.",
            _ => "The announcement is settled but still in the log.",
        };

    public static string Action(DifferenceKind kind) =>
        kind switch
        {
            DifferenceKind.MissedUpload => "Judge it.",
            DifferenceKind.OtherModel => "Judge it again with the current model.",
            DifferenceKind.MissedDeletion => "Forget the image and remove it from the index.",
            DifferenceKind.Stuck => "Resume it.",
            DifferenceKind.MissingDocument => "Write it to the index.",
            DifferenceKind.OrphanDocument => "Delete it from the index.",
            DifferenceKind.LostCopy => "Forget the image: there is nothing to restore.",
            DifferenceKind.OrphanCopy =>
                "Rebuild its record from the receipt, or delete it if the same bytes are back at their path; if the path has "
                    + "another image, leave the blob as it is.",
            DifferenceKind.Unaddressable => "Copy it under another name.",
            DifferenceKind.UnreadableRecord => "Judge the blob again; if it is in quarantine, rebuild the record from its receipt.",
            DifferenceKind.UnreadableAnnouncement => "Remove it from the log; a damaged counter continues above every place.",
            DifferenceKind.WrongListing => "Rewrite its rows from the record.",
            DifferenceKind.OutdatedDocument => "Rewrite its document from the record.",
            DifferenceKind.MissingParts => "Make what is missing, and write it to the index.",
            DifferenceKind.OrphanParts => "Take them out of the index.",
            _ => "Remove it from the log.",
        };
}
