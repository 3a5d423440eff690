using System.Net;
using Shared;
using Xunit;

namespace EndToEnd.Tests;

public sealed class RejectionTests(SharedStack shared)
{
    public static TheoryData<string> Formats =>
        [
            .. Directory
                .GetFiles(Path.Combine(RepositoryFolder.Path, "tests", "Fixtures", "images"))
                .Select(file => Path.GetFileName(file))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Every_format_is_taken(string file)
    {
        var bytes = await File.ReadAllBytesAsync(Path.Combine(RepositoryFolder.Path, "tests", "Fixtures", "images", file));
        var record = await shared.Api.UploadAndWaitAsync($"formats/{file}", bytes);
        Assert.NotEqual("rejected", record.GetProperty("status").GetString());
        var format = Path.GetExtension(file) switch
        {
            ".jpg" => "jpeg",
            ".tif" => "tiff",
            ".webp" => "webp",
            var other => other[1..],
        };
        Assert.Equal(format, record.GetProperty("format").GetString(), ignoreCase: true);
        Assert.Equal((1, 0), SumOfPlaces(await shared.Api.CountAsync(bytes)));
        if (!file.StartsWith("large", StringComparison.Ordinal))
        {
            Assert.Equal((192, 128), (record.GetProperty("width").GetInt32(), record.GetProperty("height").GetInt32()));
        }
    }

    [Theory]
    [InlineData("no-image.jpg", "not an image")]
    [InlineData("empty.jpg", "empty")]
    [InlineData("cut-short.jpg", "cut short")]
    [InlineData("cut-short.png", "cut short")]
    [InlineData("bomb-50000x50000.png", "pixels")]
    public async Task What_cannot_be_judged_is_rejected_with_a_reason_and_stays_where_it_is(string name, string reason)
    {
        var bytes = Faulty(name);
        var record = await shared.Api.UploadAndWaitAsync($"rejected/{name}", bytes);
        Assert.Equal("rejected", record.GetProperty("status").GetString());
        Assert.Contains(reason, record.GetProperty("reason").GetString(), StringComparison.OrdinalIgnoreCase);
        Assert.True(await shared.Stack.Images.GetBlobClient($"rejected/{name}").ExistsAsync());
        using var content = await shared.Api.Http.GetAsync($"/api/images/{ImageApi.Id(record)}/content");
        Assert.Equal(HttpStatusCode.Conflict, content.StatusCode);
    }

    [Fact]
    public async Task A_good_file_at_the_path_of_a_rejected_one_is_indexed()
    {
        await shared.Api.UploadAndWaitAsync("mended.jpg", "no image"u8.ToArray());
        Assert.Equal(("indexed", "new"), ImageApi.Outcome(await shared.Api.UploadAndWaitAsync("mended.jpg", Picture.Scene(7001).Jpeg())));
    }

    [Theory]
    [InlineData("a 'quoted' & <b>bold</b>.jpg", 7011)]
    [InlineData("..%2F..%2Fetc%2Fpasswd.jpg", 7012)]
    [InlineData("日本語/ñandú 100%.jpg", 7013)]
    [InlineData("x' or 1 eq 1 or path eq 'y.jpg", 7014)]
    public async Task Names_are_only_names(string name, int seed)
    {
        var bytes = Picture.Scene(seed).Jpeg();
        var record = await shared.Api.UploadAndWaitAsync(name, bytes);
        Assert.Equal($"images/{name}", ImageApi.Path(record));
        var found = await shared.Api.SearchAsync(
            new
            {
                image = Convert.ToBase64String(bytes),
                top = 1,
                filter = new { prefix = $"images/{name}" },
            }
        );
        Assert.Equal($"images/{name}", ImageApi.Path(Assert.Single(found)));
    }

    private static (int, int) SumOfPlaces((int Images, int Quarantine) count) => (count.Images + count.Quarantine, 0);

    private static byte[] Faulty(string name) =>
        name switch
        {
            "no-image.jpg" => "This is text, whatever its name says."u8.ToArray(),
            "empty.jpg" => [],
            "cut-short.jpg" => Picture.Scene(7021).Jpeg()[..2000],
            "cut-short.png" => Picture.Scene(7022).Png()[..2000],
            _ => PngBomb(50000, 50000),
        };

    /// <summary>A PNG whose header promises more pixels than there is memory for.</summary>
    private static byte[] PngBomb(int width, int height)
    {
        var png = Picture.Scene(7023, 16, 16).Png();
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc32(png.AsSpan(12, 17)));
        return png;
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
