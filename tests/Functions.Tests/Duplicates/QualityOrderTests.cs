using Serverless.Duplicates;
using Serverless.Duplicates.Originals;
using Serverless.Duplicates.PixelMatching;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Ledger;
using Serverless.Storage;

namespace Functions.Tests.Duplicates;

public sealed class QualityOrderTests
{
    [Fact]
    public void Finer_detail_is_better_and_an_enlargement_has_none()
    {
        Assert.True(QualityOrder.IsBetter(Image(1600, 1200), Image(), Finer));
        Assert.False(QualityOrder.IsBetter(Image(), Image(1600, 1200), Finer.Swapped()));
        Assert.False(QualityOrder.IsBetter(Image(1600, 1200), Image(), Equal));
    }

    [Fact]
    public void The_whole_is_better_than_its_crop()
    {
        Assert.True(QualityOrder.IsBetter(Image(), Image(), Match(showsMore: true)));
        Assert.False(QualityOrder.IsBetter(Image(), Image(), Match(showsMore: true).Swapped()));
    }

    [Fact]
    public void Where_each_shows_what_the_other_lacks_neither_is_better()
    {
        var match = Match(isFiner: true, otherShowsMore: true);
        Assert.False(QualityOrder.IsBetter(Image(3000, 2200), Image(), match));
        Assert.False(QualityOrder.IsBetter(Image(), Image(3000, 2200), match.Swapped()));
    }

    [Theory]
    [
        InlineData(OriginalFinding.Overlay),
        InlineData(OriginalFinding.Differs),
        InlineData(OriginalFinding.Unreadable),
        InlineData(OriginalFinding.CameraRaw)
    ]
    internal void Only_the_same_picture_can_be_better(OriginalFinding finding) =>
        Assert.False(QualityOrder.IsBetter(Image(1600, 1200), Image(), Finer with { Finding = finding }));

    [Fact]
    public void Of_the_same_size_the_less_compressed_is_better()
    {
        Assert.True(QualityOrder.IsBetter(Image(bytes: 200_000), Image(bytes: 100_000), Equal));
        Assert.False(QualityOrder.IsBetter(Image(bytes: 110_000), Image(bytes: 100_000), Equal));
        Assert.True(QualityOrder.IsBetter(Image(format: ImageFormat.Png), Image(bytes: 900_000), Equal));
        Assert.False(QualityOrder.IsBetter(Image(format: ImageFormat.Webp, bytes: 900_000), Image(), Equal));
        Assert.False(QualityOrder.IsBetter(Image(format: ImageFormat.Png, bytes: 900_000), Image(format: ImageFormat.Png), Equal));
    }

    [Fact]
    public void The_same_bytes_are_as_good_as_each_other() =>
        Assert.False(QualityOrder.IsBetter(Image(1600, 1200) with { Sha256 = "same" }, Image() with { Sha256 = "same" }, Equal));

    /// <summary>Finer and wider as pictures are: each has a fineness and shows a part of the scene.</summary>
    [Fact]
    public void No_two_are_better_than_each_other_and_no_three_in_a_circle()
    {
        var images = (
            from fineness in new[] { 1, 2, 4 }
            from scene in new[] { 1, 2 }
            from format in new[] { ImageFormat.Jpeg, ImageFormat.Webp, ImageFormat.Png }
            from bytes in new[] { 10_000, 20_000 }
            select (Fineness: fineness, Scene: scene, Image: Image(100 * scene * fineness, 100 * fineness, format, bytes))
        ).ToList();
        var better = (
            from a in images
            from b in images
            where
                QualityOrder.IsBetter(
                    a.Image,
                    b.Image,
                    Match(a.Fineness > b.Fineness, a.Scene > b.Scene, b.Fineness > a.Fineness, b.Scene > a.Scene)
                )
            select (a.Image, Other: b.Image)
        ).ToLookup(pair => pair.Image, pair => pair.Other);
        Assert.True(better.Count > 10);
        foreach (var (_, _, a) in images)
        {
            Assert.All(better[a], b => Assert.DoesNotContain(a, better[b]));
            Assert.All(better[a].SelectMany(b => better[b]), c => Assert.DoesNotContain(a, better[c]));
        }
    }

    private static OriginalMatch Equal { get; } = Match();

    private static OriginalMatch Finer { get; } = Match(isFiner: true);

    private static OriginalMatch Match(
        bool isFiner = false,
        bool showsMore = false,
        bool otherIsFiner = false,
        bool otherShowsMore = false
    ) =>
        new(
            OriginalFinding.Same,
            new DetailMatch(
                DetailVerdict.Same,
                [],
                0,
                SharedArea.Whole,
                SharedArea.Whole,
                (isFiner ? Advantages.FinerDetail : 0) | (showsMore ? Advantages.MoreOfTheScene : 0),
                (otherIsFiner ? Advantages.FinerDetail : 0) | (otherShowsMore ? Advantages.MoreOfTheScene : 0)
            ),
            0,
            1,
            1
        );

    private static ImageRecord Image(int width = 800, int height = 600, ImageFormat format = ImageFormat.Jpeg, long bytes = 100_000) =>
        new()
        {
            Path = new ImagePath("images", "a"),
            State = ImageState.Indexed,
            BlobETag = "1",
            Sha256 = Guid.NewGuid().ToString("N"),
            Width = width,
            Height = height,
            Format = format,
            Bytes = bytes,
        };
}
