using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;
using UglyToad.PdfPig.Tokens;

namespace Serverless.Imaging.Vector;

/// <summary>A PDF whose pages are drawn with PdfPig and librsvg. In a decoder process, which reads one file at a time.</summary>
internal sealed class PdfFile
{
    /// <summary>Pages that are counted; the setting is Limits:MaxPages.</summary>
    public const int MostPages = 10_000;

    private static PdfFile? last;

    private readonly ReadOnlyMemory<byte> bytes;
    private readonly PdfDocument document;

    private PdfFile(ReadOnlyMemory<byte> bytes)
    {
        this.bytes = bytes;
        document = PdfDocument.Open(
            bytes,
            new ParsingOptions
            {
                UseLenientParsing = true,
                SkipMissingFonts = true,
                MaxStackDepth = 128,
            }
        );
        if (document.NumberOfPages is < 1 or > MostPages)
        {
            throw new UnsupportedImageException(
                document.NumberOfPages < 1 ? "The PDF file has no pages." : $"The PDF file has more than {MostPages} pages."
            );
        }

        document.AddPageFactory<PdfPageShape, PdfPageShapes>();
        document.AddPageFactory<PdfPageDrawing, PdfPageDrawings>();
    }

    /// <summary>The pages, found without drawing them.</summary>
    public static ImageContents Contents(ReadOnlyMemory<byte> bytes) =>
        Guard(() =>
        {
            var file = Of(bytes);
            return new ImageContents([.. Enumerable.Range(1, file.document.NumberOfPages).Select(file.Part)]);
        });

    /// <summary>A page as an SVG of the part's size.</summary>
    public static byte[] Draw(PicturePart part) =>
        Guard(() => Of(part.Bytes).document.GetPage<PdfPageDrawing>((int)part.Directory!.Value).Canvas.Finish(part.Width, part.Height));

    /// <summary>Reads all pages.</summary>
    public static DocumentFacts Facts(ReadOnlyMemory<byte> bytes) => Guard(() => Of(bytes).Facts());

    private static PdfFile Of(ReadOnlyMemory<byte> bytes)
    {
        if (last?.bytes.Equals(bytes) != true)
        {
            last = null;
            last = new PdfFile(bytes);
        }

        return last;
    }

    private PicturePart Part(int page)
    {
        var shape = document.GetPage<PdfPageShape>(page);
        var (width, height, _) = DrawnSize.Of(shape.Width, shape.Height, shape.Dpi / 72, PdfPageShape.LeastSide);
        return new PicturePart(ImageFormat.Pdf, bytes, width, height) { Directory = page };
    }

    private DocumentFacts Facts()
    {
        var notDrawn = new HashSet<string>(PdfLayers.NotDrawn(document));
        var (texts, left) = (new List<string>(), DocumentFacts.MostText);
        for (var page = 1; page <= document.NumberOfPages; page++)
        {
            var drawing = document.GetPage<PdfPageDrawing>(page);
            notDrawn.UnionWith(drawing.NotDrawn);
            var text = drawing.Text[..Math.Min(drawing.Text.Length, left)];
            left -= text.Length;
            texts.Add(text);
        }

        var said = document.Information;
        return new DocumentFacts(texts, [.. notDrawn.Order(StringComparer.Ordinal)])
        {
            Title = said.Title,
            Description = said.Subject,
            Creator = said.Author,
            Keywords = said.Keywords?.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
        };
    }

    /// <summary>
    /// Whatever managed code throws for a crafted file, the file is at fault; only running out of memory is reported as such.
    /// </summary>
    private static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (PdfDocumentEncryptedException)
        {
            throw new UnsupportedImageException("The PDF file is protected by a password: save it without one.");
        }
        catch (Exception error) when (error is not (UnsupportedImageException or OutOfMemoryException))
        {
            throw Decoders.UndecodableException.Damaged(ImageFormat.Pdf, error);
        }
    }
}

/// <summary>Layers that a viewer hides: all are drawn.</summary>
internal static class PdfLayers
{
    public static IEnumerable<string> NotDrawn(PdfDocument document)
    {
        var catalog = document.Structure.Catalog.CatalogDictionary;
        var scanner = document.Structure.TokenScanner;
        return
            scanner.Dictionary(catalog, NameToken.Create("OCProperties")) is { } layers
            && scanner.Dictionary(layers, NameToken.Create("D")) is { } shown
            && (shown.ContainsKey(NameToken.Create("OFF")) || shown.ContainsKey(NameToken.Create("BaseState")))
            ? ["that some layers are hidden"]
            : [];
    }
}
