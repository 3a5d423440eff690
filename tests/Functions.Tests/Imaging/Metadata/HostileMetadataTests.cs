using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Serverless.Imaging.Metadata;
using Xunit;

namespace Functions.Tests.Imaging.Metadata;

public class HostileMetadataTests
{
    public static TheoryData<string> Files => [.. MetadataFiles.Names];

    [Theory]
    [MemberData(nameof(Files))]
    public void Changed_bytes_and_cuts_never_do_worse_than_to_lose_a_field(string name)
    {
        var bytes = MetadataFiles.Bytes(name);
        var random = new Random(bytes.Length);
        for (var round = 0; round < 300; round++)
        {
            var damaged = (byte[])bytes.Clone();
            for (var change = random.Next(1, 12); change > 0; change--)
            {
                damaged[random.Next(damaged.Length)] = random.Next(3) switch
                {
                    0 => 0xFF,
                    1 => 0,
                    _ => (byte)random.Next(256),
                };
            }

            AssertPlain(MetadataReader.Read(damaged.AsMemory(0, random.Next(4) == 0 ? random.Next(damaged.Length) : damaged.Length)));
        }
    }

    [Theory]
    [InlineData("no-date.jpg")]
    [InlineData("no-place.jpg")]
    [InlineData("no-side.jpg")]
    public void Dates_and_places_that_cannot_be_are_left_out_and_the_rest_is_read(string name) =>
        Assert.Equal(new EmbeddedMetadata { Make = "Fujifilm" }, MetadataFiles.Read(name));

    [Fact]
    public void Texts_are_plain_and_bounded()
    {
        var many = string.Concat(Enumerable.Range(0, 2000).Select(number => $"<rdf:li>{number}{new string('x', 300)}</rdf:li>"));
        var metadata = Of(
            $"<dc:title>one&#10;two&#x202E;three&#9;{new string('y', 50_000)}</dc:title><dc:subject><rdf:Bag>{many}</rdf:Bag></dc:subject>"
        );
        Assert.StartsWith("one twothree yyy", metadata.Title, StringComparison.Ordinal);
        Assert.InRange(metadata.Keywords.Count, 200, MetadataText.MaxKeywords);
        AssertPlain(metadata);
    }

    [Fact]
    public void Keywords_are_each_there_once() =>
        Assert.Equal(
            ["Gull", "sea"],
            Of(
                "<dc:subject><rdf:Bag><rdf:li>Gull</rdf:li><rdf:li> gull </rdf:li><rdf:li/><rdf:li>sea</rdf:li></rdf:Bag></dc:subject>"
            ).Keywords
        );

    [Fact]
    public void Entities_are_not_even_read()
    {
        var packet =
            """<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>"""
            + MetadataFiles.Packet("<dc:title>&b;&f;</dc:title>");
        Assert.Equal(EmbeddedMetadata.None, MetadataReader.Read(MetadataFiles.Xmp(packet)));
    }

    [Fact]
    public void Elements_within_elements_end_the_reading_and_what_came_before_holds() =>
        Assert.Equal("Gulls", Of($"<dc:title>Gulls</dc:title>{string.Concat(Enumerable.Repeat("<dc:x>", 100_000))}").Title);

    [Fact]
    public void Fields_that_all_point_to_the_whole_segment_cost_no_more_than_those_that_are_wanted()
    {
        var tiff = new byte[65_000];
        "II*\0"u8.CopyTo(tiff);
        BinaryPrimitives.WriteInt32LittleEndian(tiff.AsSpan(4), 8);
        BinaryPrimitives.WriteUInt16LittleEndian(tiff.AsSpan(8), 5000);
        for (var field = 0; field < 5000; field++)
        {
            var at = tiff.AsSpan(10 + (12 * field));
            BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)(0x010E + (field % 2)));
            BinaryPrimitives.WriteUInt16LittleEndian(at[2..], 2);
            BinaryPrimitives.WriteInt32LittleEndian(at[4..], 64_000);
            BinaryPrimitives.WriteInt32LittleEndian(at[8..], 8);
        }

        Assert.InRange(Allocated(MetadataFiles.Jpeg(0xE1, [.. "Exif\0\0"u8, .. tiff])), 0, 2_000_000);
    }

    [Fact]
    public void A_text_that_is_small_only_when_compressed_is_inflated_to_a_limit()
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var part = new byte[1 << 20];
            for (var megabytes = 0; megabytes < 64; megabytes++)
            {
                zlib.Write(part);
            }
        }

        Assert.InRange(Allocated(MetadataFiles.Png("zTXt"u8, [.. "Description\0\0"u8, .. compressed.ToArray()])), 0, 16_000_000);
    }

    private static EmbeddedMetadata Of(string properties) => MetadataReader.Read(MetadataFiles.Xmp(MetadataFiles.Packet(properties)));

    private static long Allocated(byte[] file)
    {
        MetadataReader.Read(file);
        var before = GC.GetAllocatedBytesForCurrentThread();
        MetadataReader.Read(file);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void AssertPlain(EmbeddedMetadata metadata)
    {
        string?[] texts =
        [
            metadata.Title,
            metadata.Description,
            metadata.Headline,
            metadata.Creator,
            metadata.Copyright,
            metadata.Make,
            metadata.Model,
            metadata.Lens,
        ];
        Assert.All(
            texts.Concat(metadata.Keywords).OfType<string>(),
            text =>
            {
                Assert.InRange(text.Length, 1, MetadataText.MaxLength);
                Assert.DoesNotContain(text.EnumerateRunes(), rune => Rune.IsControl(rune) || rune.Value is 0x202E or 0xFFFE);
            }
        );
        Assert.All(metadata.Keywords, keyword => Assert.InRange(keyword.Length, 1, MetadataText.MaxKeywordLength));
        Assert.InRange(metadata.Keywords.Count, 0, MetadataText.MaxKeywords);
    }
}
