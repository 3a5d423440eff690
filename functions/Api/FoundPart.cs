using System.Text.Json.Serialization;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>A place on a page, as shares of its upright width and height from the upper left.</summary>
/// <param name="Left">The left edge.</param>
/// <param name="Top">The upper edge.</param>
/// <param name="Width">Share of the width.</param>
/// <param name="Height">Share of the height.</param>
internal sealed record FoundRegion(double Left, double Top, double Width, double Height)
{
    /// <summary>Null for a page as a whole.</summary>
    public static FoundRegion? Of(ImageDocument part) =>
        part is { Kind: ImageDocument.Tile, Left: { } left, Top: { } top, Right: { } right, Bottom: { } bottom }
            ? new FoundRegion(Rounded(left), Rounded(top), Rounded(right - left), Rounded(bottom - top))
            : null;

    private static double Rounded(double share) => Math.Round(share, 5);
}

/// <summary>A page of a document, or a place on it, that was found too.</summary>
/// <param name="Id">The page's image.</param>
/// <param name="Path">The page's path.</param>
/// <param name="Page">Its number, from 1.</param>
/// <param name="Similarity">The cosine with the query.</param>
/// <param name="Region">The place on it; absent for the page as a whole.</param>
internal sealed record FoundPart(
    string Id,
    string Path,
    int Page,
    double Similarity,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FoundRegion? Region
)
{
    public static FoundPart Of(ImageReference sheet, Neighbour part)
    {
        var page = ImageOf(sheet, part.Document);
        return new FoundPart(
            page.Id,
            page.Path,
            part.Document.PageNumber ?? 1,
            Math.Round(part.Similarity, 6),
            FoundRegion.Of(part.Document)
        );
    }

    /// <summary>The image that a part is shown as: its page, or the file that has no others.</summary>
    public static ImageReference ImageOf(ImageReference sheet, ImageDocument part) =>
        part.Pages > 1 && ImagePath.TryParse(sheet.Path) is { } path && path.Page(part.PageNumber ?? 1) is var page
            ? new ImageReference(page.Id, page.ToString())
            : sheet;
}
