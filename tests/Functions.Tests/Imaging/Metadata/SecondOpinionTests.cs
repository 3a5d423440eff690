using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.Metadata.Profiles.Iptc;
using Xunit;

namespace Functions.Tests.Imaging.Metadata;

/// <summary>ImageSharp reads the same where it reads at all: EXIF and IPTC of JPEG.</summary>
public class SecondOpinionTests
{
    [Theory]
    [InlineData("all.jpg")]
    [InlineData("exif.jpg")]
    [InlineData("comment-big-endian.jpg")]
    public void Exif_says_the_same(string name)
    {
        var metadata = MetadataFiles.Read(name);
        var exif = Image.Identify(MetadataFiles.Bytes(name))!.Metadata.ExifProfile!;
        Assert.Equal(metadata.Make, exif.GetValue(ExifTag.Make)?.Value);
        Assert.Equal(metadata.Model, exif.GetValue(ExifTag.Model)?.Value);
        Assert.Equal(metadata.Lens, exif.GetValue(ExifTag.LensModel)?.Value);
        var latitude = exif.GetValue(ExifTag.GPSLatitude)!.Value;
        var degrees = latitude[0].ToDouble() + (latitude[1].ToDouble() / 60) + (latitude[2].ToDouble() / 3600);
        Assert.Equal(Math.Abs(metadata.Position!.Value.Latitude), degrees, 9);
    }

    [Theory]
    [InlineData("all.jpg")]
    [InlineData("iptc.jpg")]
    public void Iptc_says_the_same(string name)
    {
        var metadata = MetadataFiles.Read(name);
        var iptc = Image.Identify(MetadataFiles.Bytes(name))!.Metadata.IptcProfile!;
        Assert.Equal(metadata.Keywords, iptc.GetValues(IptcTag.Keywords).Select(value => value.Value));
        Assert.Equal(metadata.Headline, Assert.Single(iptc.GetValues(IptcTag.Headline)).Value);
    }
}
