using System.Buffers.Binary;
using Serverless.Imaging.Metadata;
using Xunit;

namespace Functions.Tests.Imaging.Metadata;

public class MetadataReaderTests
{
    private static readonly EmbeddedMetadata Exif = new()
    {
        Description = "Two gulls over the harbour of Årsund",
        Creator = "Ana Müller",
        Copyright = "© 2019 Ana Müller",
        Taken = new TakenTime(new DateTimeOffset(2019, 5, 21, 14, 3, 59, TimeSpan.FromHours(2)), true),
        Make = "Fujifilm",
        Model = "X-T3",
        Lens = "XF35mmF2 R WR",
        Rating = 4,
        Position = GeoPosition.Of(48.85837, -70.5),
    };

    private static readonly EmbeddedMetadata All = Exif with
    {
        Title = "Gulls",
        Headline = "Harbour, in the morning",
        Keywords = ["gull", "golden retriever", "写真"],
    };

    [Theory]
    [InlineData("all.jpg")]
    [InlineData("all.png")]
    [InlineData("all.webp")]
    [InlineData("all.tif")]
    [InlineData("all.heic")]
    [InlineData("all.avif")]
    [InlineData("xmp.gif")]
    [InlineData("xmp.jpg")]
    [InlineData("raw.dng")]
    [InlineData("raw.cr2")]
    [InlineData("raw.cr3")]
    [InlineData("raw.nef")]
    [InlineData("raw.arw")]
    [InlineData("raw.orf")]
    [InlineData("raw.rw2")]
    [InlineData("magick.png")]
    [InlineData("vips.png")]
    [InlineData("vips.webp")]
    [InlineData("vips.tif")]
    [InlineData("vips.heic")]
    public void All_that_programs_write_into_a_format_is_read(string name) => Assert.Equal(All, Rounded(MetadataFiles.Read(name)));

    [Theory]
    [InlineData("exif.jpg")]
    [InlineData("magick.webp")]
    public void Exif_alone_tells_what_it_can(string name) => Assert.Equal(Exif, Rounded(MetadataFiles.Read(name)));

    [Fact]
    public void Iptc_alone_tells_what_it_can() =>
        Assert.Equal(All with { Make = null, Model = null, Lens = null, Rating = null, Position = null }, MetadataFiles.Read("iptc.jpg"));

    [Fact]
    public void A_raw_of_Fujifilm_tells_it_in_its_preview()
    {
        var preview = MetadataFiles.Bytes("all.jpg");
        var raw = new byte[100 + preview.Length];
        "FUJIFILMCCD-RAW 0201FF383501"u8.CopyTo(raw);
        BinaryPrimitives.WriteInt32BigEndian(raw.AsSpan(84), 100);
        BinaryPrimitives.WriteInt32BigEndian(raw.AsSpan(88), preview.Length);
        preview.CopyTo(raw, 100);
        Assert.Equal(All, Rounded(MetadataReader.Read(raw)));
    }

    [Theory]
    [InlineData("scene.jpg")]
    [InlineData("scene.png")]
    [InlineData("scene.bmp")]
    [InlineData("animated.gif")]
    public void A_file_that_says_nothing_of_its_picture_has_none(string name) =>
        Assert.Equal(EmbeddedMetadata.None, MetadataReader.Read(Pictures.Bytes(name)));

    [Fact]
    public void What_is_no_image_has_none() =>
        Assert.Equal(EmbeddedMetadata.None, MetadataReader.Read("no image at all, but some text"u8.ToArray()));

    /// <summary>Programs write a place with a precision of their own.</summary>
    private static EmbeddedMetadata Rounded(EmbeddedMetadata metadata) =>
        metadata with
        {
            Position = metadata.Position is { } at ? GeoPosition.Of(Math.Round(at.Latitude, 5), Math.Round(at.Longitude, 5)) : null,
        };
}
