using Serverless.Images;
using Serverless.Ledger;
using Serverless.Reconcile;
using Serverless.Storage;

namespace Functions.Tests.Reconcile;

public sealed class DifferencesTests
{
    private static readonly DateTimeOffset Settled = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Old = Settled.AddMinutes(-1);
    private static readonly DateTimeOffset Young = Settled.AddSeconds(1);
    private static readonly ImagePath Path = new("images", "a.jpg");

    [Fact]
    public void Sides_that_agree_are_no_difference()
    {
        Assert.Null(Of(Record(ImageState.Indexed), Blob(), document: true, copy: false));
        Assert.Null(Of(Record(ImageState.Rejected), Blob(), document: false, copy: false));
        Assert.Null(Of(Record(ImageState.Quarantined), null, document: false, copy: true));
        Assert.Null(Of(Record(ImageState.Removed), null, document: false, copy: false));
        Assert.Null(Of(null, null, document: false, copy: false));
    }

    [Fact]
    public void A_blob_without_a_record_of_its_version_is_a_missed_upload()
    {
        Assert.Equal(DifferenceKind.MissedUpload, Of(null, Blob(), document: false, copy: false));
        Assert.Equal(DifferenceKind.MissedUpload, Of(Record(ImageState.Indexed), Blob("v2"), document: true, copy: false));
        Assert.Equal(DifferenceKind.MissedUpload, Of(Record(ImageState.Rejected), Blob("v2"), document: false, copy: false));
        Assert.Equal(DifferenceKind.MissedUpload, Of(Record(ImageState.Quarantined), Blob("v2"), document: false, copy: true));
        Assert.Equal(DifferenceKind.MissedUpload, Of(Record(ImageState.Removed), Blob(), document: false, copy: false));
    }

    [Fact]
    public void Whatever_lacks_its_blob_its_document_or_its_copy_is_told()
    {
        Assert.Equal(DifferenceKind.MissedDeletion, Of(Record(ImageState.Indexed), null, document: true, copy: false));
        Assert.Equal(DifferenceKind.MissedDeletion, Of(Record(ImageState.Rejected), null, document: false, copy: false));
        Assert.Equal(DifferenceKind.MissingDocument, Of(Record(ImageState.Indexed), Blob(), document: false, copy: false));
        Assert.Equal(DifferenceKind.LostCopy, Of(Record(ImageState.Quarantined), null, document: false, copy: false));
        Assert.Equal(DifferenceKind.OrphanDocument, Of(null, null, document: true, copy: false));
        Assert.Equal(DifferenceKind.OrphanDocument, Of(Record(ImageState.Quarantined), null, document: true, copy: true));
        Assert.Equal(DifferenceKind.OrphanDocument, Of(Record(ImageState.Rejected), Blob(), document: true, copy: false));
    }

    [Fact]
    public void An_image_on_its_way_is_stuck_only_once_it_has_stood_still()
    {
        foreach (var state in new[] { ImageState.Announced, ImageState.Indexing, ImageState.Quarantining, ImageState.Restoring })
        {
            Assert.Equal(DifferenceKind.Stuck, Of(Record(state), Blob(), document: false, copy: false));
            Assert.Null(Of(Record(state, Young), Blob(), document: false, copy: false));
        }

        Assert.Equal(
            DifferenceKind.Stuck,
            Of(Record(ImageState.Indexed) with { QuarantineName = "v1/a.jpg" }, Blob(), document: true, copy: true)
        );
    }

    [Fact]
    public void A_waiting_image_is_stuck_only_where_its_next_attempt_is_overdue()
    {
        var overdue = Settled.AddMinutes(-11);
        Assert.Null(Of(Record(ImageState.Waiting), Blob(), document: false, copy: false));
        Assert.Equal(DifferenceKind.Stuck, Of(Record(ImageState.Waiting, overdue), Blob(), document: false, copy: false));
        Assert.Equal(DifferenceKind.MissedUpload, Of(Record(ImageState.Waiting), Blob("v2"), document: false, copy: false));
        Assert.Equal(DifferenceKind.MissedDeletion, Of(Record(ImageState.Waiting), null, document: false, copy: false));
    }

    [Fact]
    public void What_is_young_is_left_to_its_events()
    {
        foreach (var state in Enum.GetValues<ImageState>())
        {
            foreach (var blob in new[] { null, Blob(), Blob("v2") }.Where(_ => state != ImageState.Unreadable))
            {
                Assert.Null(Of(Record(state, Young), blob, document: true, copy: false));
                Assert.Null(Of(Record(state, Young), blob, document: false, copy: true));
            }
        }

        Assert.Null(Of(null, Blob("v1", Young), document: false, copy: false));
        Assert.Null(Of(Record(ImageState.Indexed), Blob("v2", Young), document: true, copy: false));
    }

    [Fact]
    public void A_row_that_cannot_be_read_is_told_at_once()
    {
        Assert.Equal(DifferenceKind.UnreadableRecord, Of(Record(ImageState.Unreadable, Young), Blob(), document: true, copy: false));
        Assert.Equal(DifferenceKind.UnreadableRecord, Of(Record(ImageState.Unreadable), null, document: false, copy: true));
    }

    [Fact]
    public void What_another_model_made_is_judged_anew_and_what_is_in_quarantine_stays_as_it_is()
    {
        Assert.Equal(DifferenceKind.OtherModel, OfOtherModel(ImageState.Indexed, Blob()));
        Assert.Equal(DifferenceKind.OtherModel, OfOtherModel(ImageState.Rejected, Blob()));
        Assert.Equal(DifferenceKind.MissedDeletion, OfOtherModel(ImageState.Indexed, null));
        Assert.Null(OfOtherModel(ImageState.Quarantined, null));
        Assert.Equal(
            DifferenceKind.MissingDocument,
            Differences.Of(new ImageFacts(Record(ImageState.Indexed), Blob(), true, false, IsDocumentOfModel: false), Settled)
        );
    }

    [Fact]
    public void A_document_of_an_older_version_is_written_anew_once_the_image_is_settled()
    {
        DifferenceKind? Outdated(ImageBrief record) =>
            Differences.Of(new ImageFacts(record, Blob(), true, false, IsDocumentOfToday: false), Settled);
        Assert.Equal(DifferenceKind.OutdatedDocument, Outdated(Record(ImageState.Indexed)));
        Assert.Null(Outdated(Record(ImageState.Indexed, Young)));
        Assert.Equal(DifferenceKind.OrphanDocument, Outdated(Record(ImageState.Rejected)));
    }

    private static DifferenceKind? OfOtherModel(ImageState state, ListedBlob? blob) =>
        Differences.Of(
            new ImageFacts(
                Record(state),
                blob,
                HasDocument: state == ImageState.Indexed,
                HasCopy: state == ImageState.Quarantined,
                IsOfModel: false
            ),
            Settled
        );

    private static DifferenceKind? Of(ImageBrief? record, ListedBlob? blob, bool document, bool copy) =>
        Differences.Of(new ImageFacts(record, blob, document, copy), Settled);

    private static ImageBrief Record(ImageState state, DateTimeOffset? writtenAt = null) =>
        new(Path, state, "v1", 1, state is ImageState.Quarantined ? "v1/a.jpg" : null, writtenAt ?? Old);

    private static ListedBlob Blob(string etag = "v1", DateTimeOffset? uploadedAt = null) => new(Path, etag, 100, uploadedAt ?? Old);
}
