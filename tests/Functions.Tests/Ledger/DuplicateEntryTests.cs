using Functions.Tests.Review;
using Serverless.Images;
using Serverless.Ledger;

namespace Functions.Tests.Ledger;

public sealed class DuplicateEntryTests
{
    [Fact]
    public void The_text_in_the_record_says_the_same_as_the_entry()
    {
        var entry = DuplicateEntry.Of(ListedImages.Member("a.jpg", "kept.jpg", 0.987654321, bytes: 12345))!;
        var read = DuplicateEntry.Parse(entry.Id, entry.ToString())!;
        Assert.Equal(entry.ToString(), read.ToString());
        foreach (var sort in Enum.GetValues<DuplicateSort>())
        {
            Assert.Equal(entry.KeyOf(sort), read.KeyOf(sort));
        }
    }

    [Fact]
    public void Keys_put_the_greatest_first_within_a_kind_and_quarantined_before_look_alikes()
    {
        var entries = new[]
        {
            ListedImages.Member("best.jpg", "kept.jpg", 0.999, bytes: 10),
            ListedImages.Member("worse.jpg", "kept.jpg", 0.95, bytes: 2000),
            ListedImages.Member(
                "alike.jpg",
                "kept.jpg",
                0.9999,
                bytes: 30_000_000_000,
                state: ImageState.Indexed,
                verdict: Verdict.LookAlike
            ),
        }
            .Select(record => DuplicateEntry.Of(record)!)
            .ToArray();
        Assert.Equal(entries, entries.OrderBy(entry => entry.KeyOf(DuplicateSort.Confidence), StringComparer.Ordinal));
        Assert.Equal(
            [entries[1], entries[0], entries[2]],
            entries.OrderBy(entry => entry.KeyOf(DuplicateSort.Size), StringComparer.Ordinal)
        );
        Assert.Equal(0.95, DuplicateEntry.SimilarityOf(entries[1].KeyOf(DuplicateSort.Confidence)), 9);
    }

    [Theory]
    [InlineData(ImageState.Announced)]
    [InlineData(ImageState.Quarantining)]
    [InlineData(ImageState.Removed)]
    [InlineData(ImageState.Rejected)]
    internal void What_is_not_settled_or_gone_is_not_listed(ImageState state) =>
        Assert.Null(DuplicateEntry.Of(ListedImages.Member("a.jpg", "kept.jpg", 0.99, state: state)));
}
