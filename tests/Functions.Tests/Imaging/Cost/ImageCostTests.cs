using System.Buffers.Binary;
using Functions.Tests.Hostile;
using Serverless.Imaging;
using Serverless.Imaging.Cost;
using Shared;

namespace Functions.Tests.Imaging.Cost;

public sealed class ImageCostTests
{
    public static TheoryData<string> Good =>
        [.. Directory.GetFiles(Path.Combine(RepositoryFolder.Path, "tests", "Fixtures", "images")).Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Good))]
    public void A_picture_as_programs_write_it_is_not_refused(string name)
    {
        var bytes = Pictures.Bytes(name);
        Assert.Null(ImageFormatDetector.Detect(bytes) is { } format ? ImageCost.RejectionReason(bytes, format) : null);
    }

    [Theory]
    [InlineData(JpegCost.MostScans - 1, false), InlineData(JpegCost.MostScans, true)]
    public void Scans_are_counted(int repeated, bool isRefused) =>
        Assert.Equal(
            isRefused ? "The JPEG file has more than 100 scans, more than any picture needs: save it again in an image editor." : null,
            JpegCost.RejectionReason(HeavyFiles.Scans(repeated))
        );

    [Fact]
    public void Scans_of_a_preview_and_of_what_follows_the_picture_do_not_count()
    {
        var scene = Pictures.Bytes("scene.jpg");
        byte[] preview = [0xFF, 0xD8, .. Enumerable.Range(0, 200).SelectMany(_ => (byte[])[0xFF, 0xDA, 0, 2])];
        byte[] inside = [0xFF, 0xD8, 0xFF, 0xE1, (byte)((preview.Length + 2) >> 8), (byte)(preview.Length + 2), .. preview];
        Assert.Null(JpegCost.RejectionReason([.. inside, .. scene[2..], .. preview]));
    }

    [Fact]
    public void Segments_are_counted() =>
        Assert.StartsWith(
            "The JPEG file has more than 5000 segments",
            JpegCost.RejectionReason([
                0xFF,
                0xD8,
                .. Enumerable.Range(0, 5_001).SelectMany(_ => (byte[])[0xFF, 0xFE, 0, 2]),
                .. Pictures.Bytes("scene.jpg")[2..],
            ]),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(31, false), InlineData(33, true)]
    public void Texts_are_counted_as_large_as_they_are_inflated(int megabytes, bool isRefused) =>
        Assert.Equal(isRefused, PngCost.RejectionReason(HeavyFiles.Texts(megabytes, 1)) is not null);

    [Fact]
    public void Frames_are_counted() =>
        Assert.StartsWith(
            "The GIF file has more than 20000 frames",
            GifCost.RejectionReason(Bombs.All["frames.gif"]()),
            StringComparison.Ordinal
        );

    [Fact]
    public void Pages_that_refer_to_the_same_bytes_are_counted_as_often_as_they_do()
    {
        Assert.Null(TiffCost.RejectionReason(SharedValues(pages: 5)));
        Assert.StartsWith(
            "The pages of the TIFF file refer to more than 4 times",
            TiffCost.RejectionReason(SharedValues(pages: 50)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Strips_are_counted()
    {
        var bytes = SharedValues(pages: 1, tag: 273);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8 + 2 + 4), 1_000_001);
        Assert.StartsWith("The TIFF file has more than 1000000 strips or tiles", TiffCost.RejectionReason(bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("iinf", 4), InlineData("iloc", 6)]
    public void Items_are_counted(string box, int place)
    {
        var bytes = Pictures.Bytes("scene.heic");
        var at = bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(box)) + 4;
        Assert.True(at > 4 && bytes[at] == 0);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at + place), 5_001);
        Assert.StartsWith("The AVIF or HEIC file has more than 5000 items", HeifCost.RejectionReason(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Boxes_within_boxes_are_counted()
    {
        var bytes = new byte[20 * 8];
        for (var i = 0; i < 20; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(i * 8), bytes.Length - (i * 8));
            "moov"u8.CopyTo(bytes.AsSpan((i * 8) + 4));
        }

        Assert.StartsWith("The AVIF or HEIC file has more than 16 nested boxes", HeifCost.RejectionReason(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Cut_anywhere_a_file_is_still_counted_without_an_error()
    {
        foreach (var name in (string[])["scene.jpg", "scene.png", "animated.gif", "animated.webp", "scene.tif", "scene.avif", "scene.heic"])
        {
            var bytes = Pictures.Bytes(name);
            var format = ImageFormatDetector.Detect(bytes)!.Value;
            for (var length = 16; length < Math.Min(bytes.Length, 2_000); length++)
            {
                ImageCost.RejectionReason(bytes.AsSpan(0, length), format);
            }
        }
    }

    /// <summary>Pages of one tag each, whose value is the same megabyte.</summary>
    private static byte[] SharedValues(int pages, int tag = 700)
    {
        const int page = 2 + 12 + 4;
        var bytes = new byte[8 + (pages * page) + (1 << 20)];
        "II*\0"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), 8);
        for (var i = 0; i < pages; i++)
        {
            var directory = bytes.AsSpan(8 + (i * page));
            BinaryPrimitives.WriteInt16LittleEndian(directory, 1);
            BinaryPrimitives.WriteInt16LittleEndian(directory[2..], (short)tag);
            BinaryPrimitives.WriteInt16LittleEndian(directory[4..], 1);
            BinaryPrimitives.WriteInt32LittleEndian(directory[6..], 1 << 20);
            BinaryPrimitives.WriteInt32LittleEndian(directory[10..], 8 + (pages * page));
            BinaryPrimitives.WriteInt32LittleEndian(directory[14..], i + 1 < pages ? 8 + ((i + 1) * page) : 0);
        }

        return bytes;
    }
}
