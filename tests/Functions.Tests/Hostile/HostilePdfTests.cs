using System.Globalization;
using System.IO.Compression;
using System.Text;
using Functions.Tests.Imaging;
using Serverless.Imaging;

namespace Functions.Tests.Hostile;

/// <summary>PDF files made to do harm: each ends in a sentence or a picture, within the limits, and the next file is read.</summary>
public sealed class HostilePdfTests
{
    private const string Page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<<>>>>";

    public static TheoryData<string> Names => [.. Files.Keys];

    private static Dictionary<string, Func<byte[]>> Files { get; } =
        new()
        {
            ["no objects"] = () => Encoding.Latin1.GetBytes("%PDF-1.7\n"),
            ["no pages"] = () => Pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 0/Kids[]>>"),
            ["a script and no pages"] = () =>
                Encoding.Latin1.GetBytes(
                    "%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
                ),
            ["pages in a loop"] = () => Pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[2 0 R]>>"),
            ["cross-references in a loop"] = () =>
                Encoding.Latin1.GetBytes(
                    "%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer<</Size 1/Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF"
                ),
            ["a million pages"] = () =>
                Pdf(
                    "<</Type/Catalog/Pages 2 0 R>>",
                    $"<</Type/Pages/Count 1000000/Kids[{string.Concat(Enumerable.Repeat("3 0 R ", 1_000_000))}]>>",
                    Page,
                    Stream("")
                ),
            ["a huge page"] = () => One("1 w 0 0 m 1e9 1e9 l S", "/MediaBox[0 0 1e9 1e9]"),
            ["an empty page"] = () => One("", "/MediaBox[0 0 0 0]"),
            ["no numbers"] = () => One("1e999 -1e999 m 1e308 1e308 l 99999999999999999999 w S", ""),
            ["a form in itself"] = () =>
                Pdf(
                    "<</Type/Catalog/Pages 2 0 R>>",
                    "<</Type/Pages/Count 1/Kids[3 0 R]>>",
                    Page.Replace("/Resources<<>>", "/Resources<</XObject<</F 5 0 R>>>>", StringComparison.Ordinal),
                    Stream("/F Do"),
                    Stream("/F Do /F Do", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>")
                ),
            ["forms of forms"] = () => Pdf([.. Forms(12)]),
            ["states that never end"] = () => One(string.Concat(Enumerable.Repeat("q ", 2_000_000)), ""),
            ["arrays in arrays"] = () => One(new string('[', 500_000) + " TJ", ""),
            ["a flate bomb"] = () => Deflated(new byte[1 << 20], 1500),
            ["many paths"] = () => Deflated(Encoding.ASCII.GetBytes("0 0 m 9 9 l S 1 0 0 RG 0 0 m 7 3 l S 0 g 1 1 2 2 re f\n"), 700_000),
            ["a picture bomb"] = () =>
                Pdf(
                    "<</Type/Catalog/Pages 2 0 R>>",
                    "<</Type/Pages/Count 1/Kids[3 0 R]>>",
                    Page.Replace("/Resources<<>>", "/Resources<</XObject<</F 5 0 R>>>>", StringComparison.Ordinal),
                    Stream("q 100 0 0 100 0 0 cm /F Do Q"),
                    Stream(
                        "x",
                        "/Type/XObject/Subtype/Image/Width 50000/Height 50000/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/FlateDecode"
                    )
                ),
        };

    [Theory]
    [MemberData(nameof(Names))]
    public void It_ends_in_a_sentence_or_a_picture(string name)
    {
        var limits = new ImageLimits { MaxDecodeTime = TimeSpan.FromSeconds(10), MaxPixels = 60_000_000 };
        var check = new ImageReader(Microsoft.Extensions.Options.Options.Create(limits)).Check(Files[name]());
        Assert.True(check.Image is not null || check.Reason!.StartsWith("The ", StringComparison.Ordinal), check.Reason);
        Assert.Equal(8, SheetFixture.Checked("boxes.pdf").Frames);
    }

    [Fact]
    public void A_cut_one_ends_in_a_sentence_or_a_picture()
    {
        var whole = SheetFixture.Bytes("cairo.pdf");
        for (var length = 10; length < whole.Length; length += 700)
        {
            var check = Pictures.Reader.Check(whole.AsMemory(0, length));
            Assert.True(check.Image is not null || check.Reason!.StartsWith("The ", StringComparison.Ordinal), $"{length}: {check.Reason}");
        }
    }

    private static IEnumerable<string> Forms(int depth)
    {
        yield return "<</Type/Catalog/Pages 2 0 R>>";
        yield return "<</Type/Pages/Count 1/Kids[3 0 R]>>";
        yield return Page.Replace("/Resources<<>>", "/Resources<</XObject<</F 5 0 R>>>>", StringComparison.Ordinal);
        yield return Stream("/F Do");
        for (var i = 0; i < depth; i++)
        {
            var resources = string.Create(CultureInfo.InvariantCulture, $"/Resources<</XObject<</F {6 + i} 0 R>>>>");
            yield return Stream(string.Concat(Enumerable.Repeat("/F Do ", 10)), $"/Type/XObject/Subtype/Form/BBox[0 0 99 99]{resources}");
        }

        yield return Stream("0 0 9 9 re f", "/Type/XObject/Subtype/Form/BBox[0 0 99 99]");
    }

    private static byte[] One(string content, string more) =>
        Pdf(
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Count 1/Kids[3 0 R]>>",
            more.Length > 0 ? $"<</Type/Page/Parent 2 0 R{more}/Contents 4 0 R/Resources<<>>>>" : Page,
            Stream(content)
        );

    private static byte[] Deflated(byte[] block, int times)
    {
        using var bomb = new MemoryStream();
        using (var deflate = new ZLibStream(bomb, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var i = 0; i < times; i++)
            {
                deflate.Write(block);
            }
        }

        return Pdf(
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Count 1/Kids[3 0 R]>>",
            Page,
            Stream(Encoding.Latin1.GetString(bomb.ToArray()), "/Filter/FlateDecode")
        );
    }

    private static string Stream(string content, string more = "") =>
        string.Create(CultureInfo.InvariantCulture, $"<<{more}/Length {content.Length}>>stream\n{content}\nendstream");

    private static byte[] Pdf(params string[] objects)
    {
        using var file = new MemoryStream();
        var at = new List<long>();
        Write("%PDF-1.7\n");
        foreach (var (index, content) in objects.Index())
        {
            at.Add(file.Length);
            Write(string.Create(CultureInfo.InvariantCulture, $"{index + 1} 0 obj\n{content}\nendobj\n"));
        }

        var xref = file.Length;
        Write(string.Create(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n"));
        at.ForEach(offset => Write(string.Create(CultureInfo.InvariantCulture, $"{offset:0000000000} 00000 n \n")));
        Write(string.Create(CultureInfo.InvariantCulture, $"trailer<</Size {objects.Length + 1}/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n"));
        return file.ToArray();

        void Write(string text) => file.Write(Encoding.Latin1.GetBytes(text));
    }
}
