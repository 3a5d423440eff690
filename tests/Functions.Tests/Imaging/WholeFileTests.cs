namespace Functions.Tests.Imaging;

/// <summary>What lies behind the end of a picture makes it neither cut short nor whole.</summary>
public sealed class WholeFileTests
{
    public static TheoryData<string> Formats =>
        [
            "scene.jpg",
            "progressive.jpg",
            "cmyk.jpg",
            "scene.png",
            "scene.webp",
            "scene.gif",
            "animated.gif",
            "scene.bmp",
            "scene.avif",
            "scene.heic",
            "scene.tif",
        ];

    private static Dictionary<string, Func<byte[]>> Behind { get; } =
        new()
        {
            ["zeros"] = () => new byte[5000],
            ["random bytes"] = () => Random(5000),
            ["a film with FF DA in it"] = () =>
                [
                    0,
                    0,
                    0,
                    24,
                    .. "ftypmp42\0\0\0\0isommp42"u8,
                    0,
                    0,
                    0x20,
                    0,
                    .. "mdat"u8,
                    .. Random(4000),
                    0xFF,
                    0xDA,
                    0,
                    12,
                    .. Random(4180),
                ],
            ["a phone's trailer"] = () =>
                [0, 0, 1, 0x0A, 15, 0, 0, 0, .. "Image_UTC_Data1700000000000"u8, .. "SEFH"u8, 107, 0, 0, 0, 1, 0, 0, 0, .. "SEFT"u8],
            ["a second picture"] = () => Pictures.Bytes("scene.jpg"),
            ["one byte"] = () => [0],
        };

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_whole_picture_stays_whole_whatever_follows(string name)
    {
        foreach (var (trailer, bytes) in Behind)
        {
            var check = Pictures.Reader.Check((byte[])[.. Pictures.Bytes(name), .. bytes()]);
            Assert.True(check.Reason is null, $"{trailer}: {check.Reason}");
            Assert.InRange(Pictures.Difference(Pictures.Checked(name), check.Image!), 0, 0.01);
            Assert.NotEmpty(Pictures.Reader.Thumbnail(check.Image!, 64));
        }
    }

    [Theory]
    [
        InlineData("scene.jpg"),
        InlineData("progressive.jpg"),
        InlineData("cmyk.jpg"),
        InlineData("scene.avif"),
        InlineData("scene.heic"),
        InlineData("scene.png")
    ]
    public void A_picture_that_is_cut_short_is_refused_whatever_follows(string name)
    {
        var picture = Pictures.Bytes(name);
        foreach (var trailer in (string[])["zeros", "a second picture"])
        {
            if (picture is [0xFF, ..] || trailer == "zeros")
            {
                var bytes = Behind[trailer]();
                var reason = Pictures
                    .Reader.Check((byte[])[.. picture[..(picture.Length / 2)], .. bytes[..Math.Min(bytes.Length, picture.Length / 4)]])
                    .Reason;
                Assert.True(reason?.Contains("cut short", StringComparison.Ordinal) ?? false, $"{trailer}: {reason}");
            }
        }
    }

    [Theory]
    [InlineData("scene.jpg"), InlineData("progressive.jpg")]
    public void A_JPEG_whose_scan_ends_before_its_last_row_is_cut_short_though_an_end_follows(string name)
    {
        var picture = Pictures.Bytes(name);
        byte[] bytes = [.. picture[..(picture.Length / 2)], 0xFF, 0xD9, .. Random(3000)];

        Assert.Contains("cut short", Pictures.Refused(bytes), StringComparison.Ordinal);
    }

    private static byte[] Random(int count)
    {
        var bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
