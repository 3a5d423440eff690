using NetVips;
using Serverless.Duplicates.Originals;
using Serverless.Imaging;
using Xunit;

namespace Functions.Tests.Imaging;

public sealed class PdfTests
{
    /// <summary>Mean difference from poppler's rendering in levels of 255, both at 128 pixels: thin lines are at least a pixel.</summary>
    private const double Tolerance = 4;

    [Theory]
    [InlineData("cairo", 0), InlineData("inkscape", 0), InlineData("libreoffice", 0), InlineData("ghostscript", 0)]
    [InlineData("scan", 0), InlineData("scan-jpeg", 0)]
    [InlineData("boxes", 1), InlineData("boxes", 2), InlineData("boxes", 3), InlineData("boxes", 4)]
    [InlineData("boxes", 5), InlineData("boxes", 6), InlineData("boxes", 7), InlineData("boxes", 8)]
    public void A_page_looks_as_another_program_draws_it(string name, int page)
    {
        var drawn = SheetFixture.Checked($"{name}.pdf").Frame(Math.Max(0, page - 1));
        using var reference = Image.NewFromBuffer(SheetFixture.Bytes(page == 0 ? $"{name}.png" : $"{name}-{page}.png"));
        using var raw = Image.NewFromMemory(drawn.Rgb, drawn.Width, drawn.Height, 3, Enums.BandFormat.Uchar);
        using var colour = raw.Copy(interpretation: Enums.Interpretation.Srgb);
        using var grey = colour.Colourspace(Enums.Interpretation.Bw);
        using var band = reference.ExtractBand(0);
        using var cut = Small(grey);
        using var other = Small(band);
        using var difference = (cut - other).Abs();
        Assert.InRange(difference.Avg(), 0, Tolerance);
        using var blank = other.Linear([1.0], [-255.0]);
        using var lines = blank.Abs();
        Assert.True(difference.Avg() < lines.Avg() / 2, "It is nearer to a blank page.");
    }

    [Fact]
    public void Its_text_is_that_of_its_pages()
    {
        var image = SheetFixture.Checked("two.pdf");
        Assert.Equal((2, true), (image.Frames, image.FramesReadable));
        Assert.Equal(2, image.PageTexts.Count);
        Assert.Contains("Drawing no. A-101", image.PageTexts[0], StringComparison.Ordinal);
        Assert.Contains("Drawing no. A-102", image.PageTexts[1], StringComparison.Ordinal);
        Assert.Contains("A-102", image.Said.Text, StringComparison.Ordinal);
        Assert.Empty(image.NotDrawn);
        Assert.Equal(
            ["First floor 1:100"],
            image.PageTexts[1].Split('\n').Where(line => line.StartsWith("First", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Its_properties_are_its_metadata()
    {
        var said = SheetFixture.Checked("scan.pdf").Said;
        Assert.Equal(("Ground floor <b>A-101</b>", "Jane \"Doe\""), (said.Title, said.Creator));
        Assert.Equal(["plan", "ground floor"], said.Keywords);
    }

    [Fact]
    public void What_is_not_drawn_is_said()
    {
        var image = SheetFixture.Checked("not-embedded.pdf");
        Assert.Equal(["fonts that are not in the file", "shadings"], image.NotDrawn);
        Assert.Contains("Drawing no. A-101", image.PageTexts[0], StringComparison.Ordinal);
        Assert.True(image.Frame(0).Rgb.Count(value => value < 128) > 500, "The text is drawn with strokes.");
    }

    [Fact]
    public void A_scan_keeps_its_own_resolution() =>
        Assert.Equal((1240, 874), (SheetFixture.Checked("scan.pdf").Width, SheetFixture.Checked("scan.pdf").Height));

    [Theory]
    [InlineData("two.pdf", "two-ghostscript.pdf", OriginalFinding.Same)]
    [InlineData("cairo.pdf", "ghostscript.pdf", OriginalFinding.Same)]
    [InlineData("two.pdf", "two-other.pdf", OriginalFinding.TextDiffers)]
    [InlineData("two.pdf", "cairo.pdf", OriginalFinding.FramesDiffer)]
    [InlineData("not-embedded.pdf", "not-embedded.pdf", OriginalFinding.NotDrawn)]
    internal async Task Documents_are_copies_if_all_their_pages_are(string a, string b, OriginalFinding finding) =>
        Assert.Equal(finding, (await CompareAsync(SheetFixture.Checked(a), SheetFixture.Checked(b))).Finding);

    [Fact]
    public async Task Too_many_pixels_of_pages_are_never_a_copy()
    {
        var limits = new ImageLimits { MaxAnimationPixels = 1_500_000 };
        var reader = new ImageReader(Microsoft.Extensions.Options.Options.Create(limits));
        var image = reader.Check(SheetFixture.Bytes("two.pdf")).Image!;
        Assert.Equal((2, false), (image.Frames, image.FramesReadable));
        Assert.Equal(OriginalFinding.Unreadable, (await CompareAsync(image, image)).Finding);
    }

    [Fact]
    public void Too_many_pages_are_refused() =>
        Assert.Equal(
            "The PDF file has 2 pages, more than the limit of 1 (Limits:MaxPages).",
            Pictures.Refused(SheetFixture.Bytes("two.pdf"), new ImageLimits { MaxPages = 1 })
        );

    [Fact]
    public void A_password_is_not_guessed()
    {
        Assert.Equal("The PDF file is protected by a password: save it without one.", Pictures.Refused(SheetFixture.Bytes("locked.pdf")));
        Assert.Contains("A-101", SheetFixture.Checked("owner-locked.pdf").PageTexts[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_before_the_header_are_tolerated_as_by_every_reader() =>
        Assert.Equal(ImageFormat.Pdf, ImageFormatDetector.Detect([.. "\r\n"u8, .. SheetFixture.Bytes("cairo.pdf")]));

    private static Image Small(Image image) =>
        image.ThumbnailImage(128, height: 96, size: Enums.Size.Force, linear: false).Cast(Enums.BandFormat.Float);

    private static Task<OriginalMatch> CompareAsync(CheckedImage a, CheckedImage b) =>
        new OriginalComparison(new KnownMatches()).CompareAsync(
            Original.Of(a),
            Original.Of(b),
            ImageOrientation.Upright,
            null,
            TestContext.Current.CancellationToken
        );
}
