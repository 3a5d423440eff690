using Serverless.Imaging.Metadata;
using Xunit;

namespace Functions.Tests.Imaging.Metadata;

public class MetadataEncodingTests
{
    [Theory]
    [InlineData("iptc-latin.jpg", "Café in Zürich")]
    [InlineData("exif-latin.jpg", "Café in Zürich")]
    [InlineData("comment-ascii.jpg", "A cafe in Zurich")]
    [InlineData("comment-unicode.jpg", "Кафе в Цюрихе")]
    [InlineData("comment-big-endian.jpg", "Кафе в Цюрихе")]
    public void A_text_is_read_in_the_encoding_that_it_was_written_in(string name, string expected) =>
        Assert.Equal(expected, MetadataFiles.Read(name).Description);

    [Fact]
    public void A_comment_in_Japanese_of_before_Unicode_is_read()
    {
        byte[] comment = [.. "JIS\0\0\0\0\0"u8, 0x1B, (byte)'$', (byte)'B', 0x3C, 0x4C, 0x3F, 0x3F, 0x1B, (byte)'(', (byte)'B'];
        byte[] tiff =
        [
            .. "MM\0*"u8,
            0,
            0,
            0,
            8,
            0,
            1,
            0x87,
            0x69,
            0,
            4,
            0,
            0,
            0,
            1,
            0,
            0,
            0,
            26,
            0,
            0,
            0,
            0,
            0,
            1,
            0x92,
            0x86,
            0,
            7,
            0,
            0,
            0,
            (byte)comment.Length,
            0,
            0,
            0,
            44,
            0,
            0,
            0,
            0,
            .. comment,
        ];
        Assert.Equal("写真", MetadataReader.Read(MetadataFiles.Jpeg(0xE1, [.. "Exif\0\0"u8, .. tiff])).Description);
    }

    [Fact]
    public void A_packet_may_be_written_in_two_bytes_a_letter()
    {
        var packet = MetadataFiles.Packet("<dc:subject><rdf:Bag><rdf:li>写真</rdf:li></rdf:Bag></dc:subject>");
        byte[] wide = [0xFE, 0xFF, .. System.Text.Encoding.BigEndianUnicode.GetBytes(packet)];
        Assert.Equal(["写真"], MetadataReader.Read(MetadataFiles.Jpeg(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. wide])).Keywords);
    }
}
