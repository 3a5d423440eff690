using Serverless.Images;
using Serverless.Ledger;
using Serverless.Pipeline.Steps;
using Serverless.Storage;

namespace Serverless.Reconcile;

/// <summary>In what way bucket, index and ledger disagree on one image.</summary>
internal enum DifferenceKind
{
    /// <summary>A blob that was never processed, or not in this version.</summary>
    MissedUpload,

    /// <summary>An image with vectors of another model, or of none that is known.</summary>
    OtherModel,

    /// <summary>A record of an image whose blob is gone.</summary>
    MissedDeletion,

    /// <summary>An image that stopped on its way to a verdict, to quarantine or back.</summary>
    Stuck,

    /// <summary>An image that no search finds.</summary>
    MissingDocument,

    /// <summary>An image that searches find and that is not live.</summary>
    OrphanDocument,

    /// <summary>A record of a quarantined image whose blob was deleted from the quarantine container.</summary>
    LostCopy,

    /// <summary>A blob in quarantine that no record tells of.</summary>
    OrphanCopy,

    /// <summary>An announcement that nobody took out of the log.</summary>
    LeftoverAnnouncement,

    /// <summary>A blob whose name no address leads to.</summary>
    Unaddressable,

    /// <summary>A record whose row cannot be read.</summary>
    UnreadableRecord,

    /// <summary>A row of the log of announcements that cannot be read, or its counter.</summary>
    UnreadableAnnouncement,

    /// <summary>A row of the list of duplicates that is missing, cannot be read, or says something else than the record.</summary>
    WrongListing,

    /// <summary>A document that an older version wrote: words do not find it, and some filters leave it out.</summary>
    OutdatedDocument,
}

/// <summary>What is known of one image, from all sides.</summary>
/// <param name="HasDocument">The search index has it.</param>
/// <param name="IsOfModel">Its vectors are those of the model in use.</param>
/// <param name="IsDocumentOfModel">Those in its document are.</param>
/// <param name="IsDocumentOfToday">Its document has the words that this version writes.</param>
internal sealed record ImageFacts(
    ImageBrief? Record,
    ListedBlob? Blob,
    bool HasDocument,
    bool HasCopy,
    bool IsOfModel = true,
    bool IsDocumentOfModel = true,
    bool IsDocumentOfToday = true
);

/// <summary>The rule that tells whether the sides agree.</summary>
internal static class Differences
{
    /// <summary>
    /// The difference, or null where all agree. What was written after <paramref name="settledBefore"/> may still be on its way:
    /// the index lags, and events come when they come.
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

        // A damaged row has no rest to wait for.
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
            DifferenceKind.MissedUpload => "The blob was uploaded and this version of it was never judged.",
            DifferenceKind.OtherModel =>
                "Its vectors are those of another model: searches do not find it, and nothing is compared with it.",
            DifferenceKind.MissedDeletion => "The blob was deleted and the record was not told.",
            DifferenceKind.Stuck => "The image stopped on its way to a verdict, to quarantine or back.",
            DifferenceKind.MissingDocument => "The image is live and the search index does not have it.",
            DifferenceKind.OrphanDocument => "The search index has it and it is not live.",
            DifferenceKind.LostCopy => "The record says quarantined and the blob is no longer in the quarantine container.",
            DifferenceKind.OrphanCopy => "The blob is in quarantine and no record tells of it.",
            DifferenceKind.Unaddressable => "No address leads to the blob: in an address, '.' and '..' are steps.",
            DifferenceKind.UnreadableRecord => "The row of the record cannot be read.",
            DifferenceKind.UnreadableAnnouncement => "The row of the log of announcements cannot be read.",
            DifferenceKind.WrongListing => "The list of duplicates does not say what the record says.",
            DifferenceKind.OutdatedDocument => "An older version wrote it to the search index: words do not find it.",
            _ => "The announcement is settled and still in the log.",
        };

    public static string Action(DifferenceKind kind) =>
        kind switch
        {
            DifferenceKind.MissedUpload => "Judge it.",
            DifferenceKind.OtherModel => "Judge it anew with the model in use.",
            DifferenceKind.MissedDeletion => "Forget the image and take it out of the index.",
            DifferenceKind.Stuck => "Go on from where it stopped.",
            DifferenceKind.MissingDocument => "Write it to the index.",
            DifferenceKind.OrphanDocument => "Delete it from the index.",
            DifferenceKind.LostCopy => "Forget the image: there is nothing to restore.",
            DifferenceKind.OrphanCopy =>
                "Write its record anew from the receipt, or delete it where the same bytes are back at their path; where the path has "
                    + "another image by now, leave the blob as it is.",
            DifferenceKind.Unaddressable => "Copy it under another name.",
            DifferenceKind.UnreadableRecord => "Judge the blob anew; where it is in quarantine, write the record anew from its receipt.",
            DifferenceKind.UnreadableAnnouncement => "Take it out of the log; a damaged counter goes on beyond every place.",
            DifferenceKind.WrongListing => "Write its rows anew from the record.",
            DifferenceKind.OutdatedDocument => "Write it to the index anew from the record.",
            _ => "Take it out of the log.",
        };
}
