using Azure.Data.Tables;
using NetVips;
using Serverless.Duplicates;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Ledger;
using Shared;

namespace Functions.Tests.Duplicates;

/// <summary>The small pictures of bordered copies agree, whichever of the two comes first; those of others do not.</summary>
public sealed class BorderedCopyTests
{
    [Theory]
    [InlineData(0.05, 255.0)]
    [InlineData(0.3, 0.0)]
    [InlineData(0.6, 255.0)]
    public void A_picture_agrees_with_itself_within_a_border(double share, double level)
    {
        foreach (var photo in Picture.Photos)
        {
            using var picture = Image.NewFromFile(Picture.PhotoFile(photo)).CopyMemory();
            using var bordered = Borders.Plain(picture, share, level, level, level);
            AssertAgree(picture.JpegsaveBuffer(q: 85), bordered.Resize(0.7).JpegsaveBuffer(q: 70), photo);
        }
    }

    [Fact]
    public void A_picture_agrees_with_itself_on_a_blurred_fill()
    {
        foreach (var photo in Picture.Photos.Where(photo => photo != "home"))
        {
            using var picture = Image
                .NewFromFile(Picture.PhotoFile(photo))
                .ThumbnailImage(640, height: 360, crop: Enums.Interesting.Centre)
                .CopyMemory();
            using var filled = Borders.Filled(picture, 540, 960);
            AssertAgree(picture.JpegsaveBuffer(q: 85), filled.JpegsaveBuffer(q: 75), photo);
        }
    }

    [Fact]
    public void Two_pictures_within_the_same_border_differ()
    {
        foreach (var (one, other) in Picture.Photos.Zip(Picture.Photos.Skip(1)))
        {
            using var a = Borders.Plain(Image.NewFromFile(Picture.PhotoFile(one)).CopyMemory(), 0.5, 255, 255, 255);
            using var b = Borders.Plain(Image.NewFromFile(Picture.PhotoFile(other)).CopyMemory(), 0.5, 255, 255, 255);
            Assert.False(DoAgree(Print(a.JpegsaveBuffer()), Print(b.JpegsaveBuffer())), $"{one} {other}");
        }
    }

    [Fact]
    public void The_ledger_keeps_what_lies_within()
    {
        using var picture = Borders.Plain(Image.NewFromFile(Picture.PhotoFile("fruits")).CopyMemory(), 0.3, 0, 0, 0);
        var (print, row) = (Print(picture.JpegsaveBuffer()), new TableEntity("p", "r"));
        ImageRecordTable.SetFingerprint(row, print);
        var kept = ImageRecordTable.FingerprintOf(new Serverless.Storage.Columns(row))!;
        Assert.Equal(print.Content!.Luma, kept.Content!.Luma);
        Assert.Equal(print.Content.PerceptualHash, kept.Content.PerceptualHash);
        Assert.Equal(print.Content.Texture, kept.Content.Texture);
    }

    private static void AssertAgree(byte[] plain, byte[] bordered, string what)
    {
        var (a, b) = (Print(plain), Print(bordered));
        Assert.True(DoAgree(a, b), what);
        Assert.True(DoAgree(b, a), what);
    }

    private static Fingerprint Print(byte[] bytes) => Imaging.Pictures.Reader.Fingerprint(Imaging.Pictures.Accepted(bytes));

    private static bool DoAgree(Fingerprint a, Fingerprint b)
    {
        var options = new DuplicateOptions();
        return FingerprintRule.Of(ViewAlignment.Best(a, b, options), options) != PixelVerdict.Differ;
    }
}
