using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Geometry;
using UglyToad.PdfPig.Graphics.Operations;
using UglyToad.PdfPig.Outline.Destinations;
using UglyToad.PdfPig.Parser;
using UglyToad.PdfPig.Tokenization.Scanner;
using UglyToad.PdfPig.Tokens;

namespace Serverless.Imaging.Vector;

/// <summary>A page as it was drawn.</summary>
/// <param name="NotDrawn">What of it was not, in a few words each.</param>
internal sealed record PdfPageDrawing(SvgCanvas Canvas, string Text, IReadOnlySet<string> NotDrawn);

/// <summary>Draws pages.</summary>
internal sealed class PdfPageDrawings(
    IPdfTokenScanner scanner,
    IResourceStore resources,
    ILookupFilterProvider filters,
    IPageContentParser parser,
    ParsingOptions options
) : BasePageFactory<PdfPageDrawing>(scanner, resources, filters, parser, options)
{
    /// <summary>What a viewer shows of a page. Boxes that do not meet are a fault: then the crop box counts.</summary>
    public static PdfRectangle Visible(MediaBox media, CropBox crop)
    {
        var (a, b) = (media.Bounds.Normalise(), crop.Bounds.Normalise());
        var (left, bottom) = (Math.Max(a.Left, b.Left), Math.Max(a.Bottom, b.Bottom));
        var (right, top) = (Math.Min(a.Right, b.Right), Math.Min(a.Top, b.Top));
        return right > left && top > bottom ? new PdfRectangle(left, bottom, right, top) : b;
    }

    protected override PdfPageDrawing ProcessPage(
        int pageNumber,
        DictionaryToken dictionary,
        NamedDestinations namedDestinations,
        MediaBox mediaBox,
        CropBox cropBox,
        UserSpaceUnit userSpaceUnit,
        PageRotationDegrees rotation,
        TransformationMatrix initialMatrix,
        IReadOnlyList<IGraphicsStateOperation> operations
    )
    {
        var crop = Visible(mediaBox, cropBox);
        var visible = initialMatrix.Transform(crop).Normalise();
        var page = new PdfPainter(
            new PdfPageSource(pageNumber, ResourceStore, PdfScanner, PageContentParser, FilterProvider, ParsingOptions),
            new PdfPagePlace(visible, new CropBox(crop), userSpaceUnit, rotation, initialMatrix)
        );
        if (HasShownAnnotation(dictionary))
        {
            page.Miss("annotations and form fields");
        }

        return page.Process(pageNumber, operations);
    }

    /// <summary>Links and the like show nothing of their own.</summary>
    private bool HasShownAnnotation(DictionaryToken page) =>
        page.TryGet(NameToken.Annots, out var token)
        && PdfScanner.Resolve(token) is ArrayToken annotations
        && annotations.Data.Any(item => PdfScanner.Resolve(item) is DictionaryToken annotation && annotation.ContainsKey(NameToken.Ap));
}
