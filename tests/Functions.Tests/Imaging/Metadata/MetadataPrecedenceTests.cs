using Serverless.Imaging.Metadata;
using Xunit;

namespace Functions.Tests.Imaging.Metadata;

public class MetadataPrecedenceTests
{
    [Fact]
    public void Of_three_captions_that_of_Exif_holds() => Assert.Equal("of EXIF", MetadataFiles.Read("three-captions.jpg").Description);

    [Fact]
    public void What_a_camera_writes_into_every_picture_is_no_caption() =>
        Assert.Equal("of XMP", MetadataFiles.Read("camera-caption.jpg").Description);

    [Theory]
    [InlineData("iptc-older.jpg")]
    [InlineData("iptc-changed.jpg")]
    public void Xmp_holds_unless_Iptc_was_changed_since(string name)
    {
        var metadata = MetadataFiles.Read(name);
        Assert.Equal("New", metadata.Title);
        Assert.Equal(["new"], metadata.Keywords);
    }

    [Fact]
    public void What_Windows_writes_is_read_where_nothing_else_says_it()
    {
        var metadata = MetadataFiles.Read("windows.jpg");
        Assert.Equal(
            new EmbeddedMetadata
            {
                Title = "Möwen",
                Description = "Zwei Möwen",
                Creator = "Ana Müller; Bo",
                Keywords = ["Möwe", "Hafen"],
                Rating = 4,
            },
            metadata
        );
    }

    [Fact]
    public void A_text_in_several_languages_is_read_in_the_one_for_all() =>
        Assert.Equal(
            "Gulls",
            MetadataReader
                .Read(
                    MetadataFiles.Xmp(
                        MetadataFiles.Packet(
                            """<dc:title><rdf:Alt><rdf:li xml:lang="de">Möwen</rdf:li><rdf:li """
                                + """xml:lang="x-default">Gulls</rdf:li></rdf:Alt></dc:title>"""
                        )
                    )
                )
                .Title
        );

    [Fact]
    public void Properties_are_read_as_attributes_too() =>
        Assert.Equal(
            -1,
            MetadataReader
                .Read(
                    MetadataFiles.Xmp(
                        MetadataFiles.Packet("").Replace("rdf:about=\"\"", "rdf:about=\"\" xmp:Rating=\"-1\"", StringComparison.Ordinal)
                    )
                )
                .Rating
        );
}
