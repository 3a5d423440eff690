using System.Text;
using Serverless.Imaging;
using Xunit;

namespace Functions.Tests.Imaging;

public sealed class SvgTests
{
    private const string Head = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' ";
    private const string Disc = "<circle cx='5' cy='5' r='4' fill='#f00'/>";

    [Theory]
    [InlineData("")]
    [InlineData(
        "<?xml version='1.0'?><!-- made > by <svg> hand --><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://localhost:1/svg.dtd'>\n"
    )]
    [InlineData("<!DOCTYPE svg [<!ENTITY ns_svg 'http://www.w3.org/2000/svg'>]>")]
    public void It_is_known_by_its_content_and_drawn_large_enough(string before)
    {
        var image = Accepted($"{before}{Head}viewBox='0 0 10 10'>{Disc}</svg>");
        Assert.Equal((ImageFormat.Svg, "image/svg+xml", 1), (image.Format, image.MediaType, image.Frames));
        Assert.InRange(image.Width, 2048, 2049);
        Assert.Equal((255, 0, 0), Colour(image, 0.5, 0.5));
        Assert.Equal((255, 255, 255), Colour(image, 0.01, 0.01));
        Assert.Empty(image.NotDrawn);
    }

    [Theory]
    [InlineData("utf-16"), InlineData("utf-16BE"), InlineData("utf-8")]
    public void Any_encoding_of_XML_will_do(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes($"<?xml version='1.0'?>{Head}viewBox='0 0 10 10'>{Disc}</svg>")];
        Assert.Equal((255, 0, 0), Colour(Pictures.Accepted(bytes), 0.5, 0.5));
    }

    [Fact]
    public void A_prefix_and_compression_make_no_difference()
    {
        Assert.Equal(
            (255, 0, 0),
            Colour(
                Accepted(
                    "<s:svg xmlns:s='http://www.w3.org/2000/svg' viewBox='0 0 10 10'><s:rect width='10' height='10' fill='red'/></s:svg>"
                ),
                0.5,
                0.5
            )
        );
        var (plain, compressed) = (SheetFixture.Checked("plan.svg"), SheetFixture.Checked("plan.svgz"));
        Assert.Equal(plain.Pixels(ImageDecoding.All).Rgb, compressed.Pixels(ImageDecoding.All).Rgb);
    }

    [Fact]
    public void Its_words_are_kept_and_its_fonts_are_said_to_be_missing()
    {
        var image = SheetFixture.Checked("plan.svg");
        Assert.Contains("Drawing no. A-101", image.PageTexts[0], StringComparison.Ordinal);
        Assert.Equal("Ground floor", image.Said.Title);
        Assert.Equal(["the fonts of its text"], image.NotDrawn);
    }

    [Fact]
    public void Nothing_outside_it_is_shown()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, Pictures.Bytes("scene.png"));
            var image = Accepted(
                $"{Head}viewBox='0 0 10 10'><style>@import url(file://{file}); rect {{ fill: url(file://{file}#x) }}</style>"
                    + $"<image width='10' height='10' xlink:href='file://{file}'/><image width='10' height='10' href='{file}'/></svg>"
            );
            Assert.Equal(["pictures in other files"], image.NotDrawn);
            Assert.All(image.Pixels(64).Rgb, value => Assert.Equal(255, value));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_picture_inside_it_is_shown()
    {
        var png = Convert.ToBase64String(Pictures.Bytes("scene.png"));
        var image = Accepted($"{Head}viewBox='0 0 192 128'><image width='192' height='128' href='data:image/png;base64,{png}'/></svg>");
        Assert.InRange(Pictures.Difference(Pictures.Checked("scene.png"), image), 0, 3);
    }

    [Theory]
    [InlineData("width='1e9' height='1e9'"), InlineData("width='100000' height='1'"), InlineData("viewBox='0 0 1e12 1e12'")]
    public void A_huge_drawing_is_drawn_smaller(string size)
    {
        var check = Pictures.Reader.Check(Encoding.UTF8.GetBytes($"{Head}{size}>{Disc}</svg>"));
        Assert.True(
            check.Image is { Width: <= 16_385 } image && (long)image.Width * image.Height <= 51_000_000 || check.Reason is not null
        );
    }

    public static TheoryData<string, string> Hostile =>
        new()
        {
            { "no size", $"{Head}width='0' height='0'/>" },
            { "cut short", $"{Head}viewBox='0 0 10 10'>{Disc}" },
            {
                "entities",
                "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'>"
                    + string.Concat(
                        "bcdefghij".Select((name, i) => $"<!ENTITY {name} '{string.Concat(Enumerable.Repeat($"&{"abcdefghi"[i]};", 10))}'>")
                    )
                    + $"]>{Head}viewBox='0 0 1 1'><text>&j;</text></svg>"
            },
            { "an external entity", $"<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>{Head}viewBox='0 0 1 1'><text>&x;</text>" },
            { "depth", $"{Head}viewBox='0 0 1 1'>" + string.Concat(Enumerable.Repeat("<g>", 100_000)) },
            { "elements", $"{Head}viewBox='0 0 1 1'>" + string.Concat(Enumerable.Repeat("<path/>", 3_000_000)) + "</svg>" },
            {
                "references",
                $"{Head}viewBox='0 0 1 1'><defs><g id='a0'><rect width='1' height='1'/></g>"
                    + string.Concat(
                        Enumerable
                            .Range(1, 12)
                            .Select(i => $"<g id='a{i}'>{string.Concat(Enumerable.Repeat($"<use href='#a{i - 1}'/>", 10))}</g>")
                    )
                    + "</defs><use href='#a12'/></svg>"
            },
        };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_one_ends_in_a_sentence(string what, string text)
    {
        var reason = SheetFixture.Refused(text);
        Assert.True(
            reason.StartsWith("The ", StringComparison.Ordinal) && !reason.Contains("crashed", StringComparison.Ordinal),
            $"{what}: {reason}"
        );
    }

    [Fact]
    public void A_compressed_bomb_ends_in_a_sentence()
    {
        using var bomb = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(bomb, System.IO.Compression.CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes($"{Head}viewBox='0 0 1 1'>"));
            var spaces = new byte[1 << 20];
            Array.Fill(spaces, (byte)' ');
            for (var i = 0; i < 300; i++)
            {
                gzip.Write(spaces);
            }
        }

        Assert.StartsWith("The SVG image is damaged", Pictures.Refused(bomb.ToArray()), StringComparison.Ordinal);
    }

    private static CheckedImage Accepted(string text) => Pictures.Accepted(Encoding.UTF8.GetBytes(text));

    private static (int, int, int) Colour(CheckedImage image, double across, double down)
    {
        var pixels = image.Pixels(ImageDecoding.All);
        var at = (((int)(down * pixels.Height) * pixels.Width) + (int)(across * pixels.Width)) * 3;
        return (pixels.Rgb[at], pixels.Rgb[at + 1], pixels.Rgb[at + 2]);
    }
}
