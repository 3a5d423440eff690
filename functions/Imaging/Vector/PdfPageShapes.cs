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

/// <summary>Size of the visible page in points, upright, and the resolution to draw it in.</summary>
internal sealed record PdfPageShape(double Width, double Height, double Dpi)
{
    /// <summary>Enough for the thinnest lines and smallest words of plans.</summary>
    public const double UsualDpi = 150;

    /// <summary>The resolution of good scanners.</summary>
    public const double MostDpi = 400;

    /// <summary>Pixels that the longer side has at least.</summary>
    public const double LeastSide = 1024;
}

/// <summary>Reads the shapes of pages without their contents.</summary>
internal sealed class PdfPageShapes(
    IPdfTokenScanner scanner,
    IResourceStore resources,
    ILookupFilterProvider filters,
    IPageContentParser parser,
    ParsingOptions options
) : BasePageFactory<PdfPageShape>(scanner, resources, filters, parser, options), IPageFactory<PdfPageShape>
{
    private const double SameShape = 0.03;

    PdfPageShape IPageFactory<PdfPageShape>.Create(int number, DictionaryToken dictionary, PageTreeMembers members, NamedDestinations named)
    {
        var rotation = new PageRotationDegrees(
            dictionary.TryGet(NameToken.Rotate, out var token) && PdfScanner.Resolve(token) is NumericToken turn
                ? turn.Int
                : members.Rotation
        );
        var media = GetMediaBox(number, dictionary, members);
        var crop = GetCropBox(dictionary, members, media);
        var visible = PdfPageDrawings.Visible(media, crop);
        var unit = GetUserSpaceUnits(dictionary).PointMultiples;
        var (width, height) = (visible.Width * unit, visible.Height * unit);
        var dpi = ScanDpi(dictionary, width, height) ?? PdfPageShape.UsualDpi;
        return rotation.SwapsAxis ? new PdfPageShape(height, width, dpi) : new PdfPageShape(width, height, dpi);
    }

    protected override PdfPageShape ProcessPage(
        int pageNumber,
        DictionaryToken dictionary,
        NamedDestinations namedDestinations,
        MediaBox mediaBox,
        CropBox cropBox,
        UserSpaceUnit userSpaceUnit,
        PageRotationDegrees rotation,
        TransformationMatrix initialMatrix,
        IReadOnlyList<IGraphicsStateOperation> operations
    ) => throw new NotSupportedException();

    /// <summary>The resolution of the page's only picture, if it has the shape of the page: then the page is a scan.</summary>
    private double? ScanDpi(DictionaryToken page, double width, double height)
    {
        if (
            PdfScanner.Dictionary(page, NameToken.Resources) is not { } resources
            || PdfScanner.Dictionary(resources, NameToken.Xobject) is not { Data.Count: 1 } objects
            || PdfScanner.Resolve(objects.Data.Values.First()) is not StreamToken picture
            || Number(picture.StreamDictionary, NameToken.Width) is not { } across
            || Number(picture.StreamDictionary, NameToken.Height) is not { } down
            || Math.Abs((across / down * height / width) - 1) > SameShape
        )
        {
            return null;
        }

        return Math.Clamp(across * 72 / width, PdfPageShape.UsualDpi, PdfPageShape.MostDpi);
    }

    private double? Number(DictionaryToken within, NameToken name) =>
        within.TryGet(name, out var token) && PdfScanner.Resolve(token) is NumericToken { Double: > 0 } number ? number.Double : null;
}
