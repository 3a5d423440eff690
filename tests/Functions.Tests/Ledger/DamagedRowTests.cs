using Azure.Data.Tables;
using CsCheck;
using Functions.Tests.Review;
using Serverless.Api;
using Serverless.Backfill;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Imaging.Metadata;
using Serverless.Jobs;
using Serverless.Ledger;
using Serverless.Reconcile;
using Serverless.Storage;

namespace Functions.Tests.Ledger;

/// <summary>
/// Whatever stands in whatever column of a row: reading it ends, and says what is wrong or gives what the app can work with.
/// </summary>
public sealed class DamagedRowTests
{
    private static readonly Dictionary<string, string> NoProperties = [];

    private static readonly EmbeddingModel Model = new("test", "r1", "onnx", 2, null, new ModelThresholds(0.9, 0.8));

    private static readonly TableEntity[] Records =
    [
        ImageRecordTable.ToEntity(
            ListedImages.Member("a.jpg", "kept.jpg", 0.99) with
            {
                Model = "test",
                ModelRevision = "r1",
                Tags = ["a", "b"],
                Threshold = 0.9,
                Reason = "r",
            }
        ),
        ImageRecordTable.ToEntity(
            ListedImages.Near("b.jpg", "near.jpg", 0.8, PixelVerdict.Differ) with
            {
                WaitingSince = DateTimeOffset.UnixEpoch,
                StaysInPlace = true,
                Metadata = new EmbeddedMetadata
                {
                    Title = "t",
                    Keywords = ["a", "b"],
                    Taken = new TakenTime(DateTimeOffset.UnixEpoch, true),
                    Position = GeoPosition.Of(1, 2),
                },
            }
        ),
        ImageRecordTable.ToEntity(
            ListedImages.Kept("c.jpg") with
            {
                CopyDescriptor = new[] { 1f },
                Turned = [new(ImageOrientation.Rotated90, new[] { 1f })],
                ListedAs = Listed,
            }
        ),
    ];

    private static string Listed => DuplicateEntry.Of(ListedImages.Member("c.jpg", "kept.jpg", 0.99))!.ToString();

    private static Gen<TableEntity> Damaged(params TableEntity[] rows) =>
        One(rows)
            .SelectMany(row =>
                Gen.Select(One(Damage.ColumnsOf(row)), One(Damage.Values), Gen.Bool)
                    .Select((column, value, isCut) => isCut ? row.Cut(column) : row.With(column, value))
            );

    private static Gen<T> One<T>(T[] values) => Gen.Int[0, values.Length - 1].Select(number => values[number]);

    [Fact]
    public void A_whole_record_can_be_read() => Assert.All(Records, row => Assert.Null(ImageRecordTable.FromEntity(row).Fault));

    [Theory]
    [InlineData("Width")]
    [InlineData("Height")]
    public void A_side_that_no_picture_can_have_is_told(string column) =>
        Assert.Equal($"The column {column} is too large.", ImageRecordTable.FromEntity(Records[0].With(column, long.MaxValue)).Fault);

    [Fact]
    public void A_record_with_any_two_columns_damaged_is_read_and_is_whole_or_tells_what_is_wrong() =>
        Damaged(Records)
            .SelectMany(row => Damaged(row))
            .Sample(row =>
            {
                var record = ImageRecordTable.FromEntity(row);
                Assert.Equal(row.RowKey, record.Id);
                Assert.Equal(record.State == ImageState.Unreadable, record.Fault is not null);
                Assert.Equal(row.RowKey, ImageBrief.FromEntity(row).Id);
                _ = (ImageView.Of(record), DuplicateEntry.Of(record), Model.Made(record), record.CopyVector, record.IsLive);
                if (record.Fault is null)
                {
                    // What is whole can be written again and is the same.
                    Assert.Equal(
                        record with
                        {
                            Embedding = default,
                            CopyDescriptor = default,
                            Fingerprint = null,
                            Tags = [],
                            Properties = NoProperties,
                            Turned = [],
                        },
                        Again(record) with
                        {
                            Embedding = default,
                            CopyDescriptor = default,
                            Fingerprint = null,
                            Tags = [],
                            Properties = NoProperties,
                            Turned = [],
                        }
                    );
                    Assert.True(
                        record is not { State: ImageState.Indexed or ImageState.Quarantined }
                            || record is { Sha256: not null, Verdict: not null, DecidedAt: not null, Fingerprint: not null }
                    );
                }
            });

    [Fact]
    public void An_announcement_with_any_column_damaged_is_whole_or_none() =>
        Damaged(
                AnnouncementTable.ToEntity(
                    new Announcement(
                        new ImagePath("images", "a.jpg"),
                        "blob:1",
                        new string('a', 64),
                        new[] { 0.6f, -0.8f },
                        new Fingerprint(1, new byte[16], 3),
                        5
                    )
                )
            )
            .Sample(row =>
            {
                var listed = AnnouncementTable.ToListed(row);
                Assert.Equal(listed.Fault is null, AnnouncementTable.FromEntity(row) is not null);
                Assert.Equal(row.RowKey, listed.Key);
            });

    [Fact]
    public void The_row_of_a_job_or_a_backfill_with_any_column_damaged_is_whole_or_none()
    {
        Damaged(
                new Job
                {
                    Kind = "reconcile",
                    Id = new string('a', 32),
                    State = "{}",
                    FinishedAt = DateTimeOffset.UnixEpoch,
                    Reason = "r",
                }.ToEntity()
            )
            .Sample(row => _ = Job.FromEntity(row)?.StateOf(ReconcileJson.Default.ReconcileState));
        Damaged(
                new BackfillJob
                {
                    Id = new string('a', 32),
                    Container = "images",
                    Prefix = "a",
                    Max = 3,
                    FinishedAt = DateTimeOffset.UnixEpoch,
                    Continuation = "c",
                }.ToEntity()
            )
            .Sample(row => _ = BackfillJob.FromEntity(row));
    }

    [Fact]
    public void Text_that_is_no_entry_of_the_list_of_duplicates_is_none() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["0123456789|-ax"], 0, 80])
            .Sample(text => _ = DuplicateEntry.Parse(new string('a', 32), text)?.ToString());

    private static ImageRecord Again(ImageRecord record)
    {
        var row = ImageRecordTable.ToEntity(record);
        return ImageRecordTable.FromEntity(row) with { WrittenAt = record.WrittenAt, RowVersion = record.RowVersion };
    }
}
