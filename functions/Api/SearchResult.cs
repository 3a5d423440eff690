using System.Text.Json.Serialization;
using Serverless.Api.Description;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Search;

namespace Serverless.Api;

/// <summary>How a search finds images.</summary>
internal enum SearchMode
{
    /// <summary>By words and by vector.</summary>
    Hybrid,

    /// <summary>Only by what the pictures look like.</summary>
    Vector,

    /// <summary>Only by text.</summary>
    Words,

    /// <summary>By colours alone.</summary>
    Color,
}

/// <summary>A found image.</summary>
/// <param name="Similarity">
/// The cosine with the query, in [-1, 1], however the image was found; null where only colours are asked for.
/// </param>
/// <param name="Matched">
/// Why it was found: the texts with words of the query (a name, a title, a tag, …), and <c>vector</c> if the picture itself is among the
/// nearest.
/// </param>
/// <param name="Highlights">The texts with the found words, if any.</param>
/// <param name="Alt">
/// Text to show in the place of the picture: its alt text, else the caption or the title in the file; null where nothing says what it
/// shows.
/// </param>
/// <param name="ColorMatch">How well its palette has the colours, 0 to 1; absent where something else is asked for.</param>
/// <param name="TakenAt">When it was taken, in local time; null if the file does not say.</param>
/// <param name="Sheet">The document whose page, or part of a page, was found; absent for an image as a whole.</param>
/// <param name="Page">The number of that page, from 1.</param>
/// <param name="Pages">Pages of the document.</param>
/// <param name="Region">The place on the page; absent where the page as a whole was found.</param>
/// <param name="Parts">Further places of the same document, best first.</param>
internal sealed record SearchResult(
    string Id,
    string Path,
    double? Similarity,
    int Width,
    int Height,
    [property: Choices<ImageFormat>] string Format,
    long Bytes,
    DateTime UploadedAt,
    [property: Choices<Verdict>] string Verdict,
    IReadOnlyList<string> Tags,
    string? Sha256,
    [property: Choices(
        "name",
        "title",
        "caption",
        "headline",
        "altText",
        "description",
        "visibleText",
        "keywords",
        "tags",
        "properties",
        "folders",
        "taken",
        "creator",
        "camera",
        "lens",
        "copyright",
        "vector",
        "color"
    )]
        IReadOnlyList<string> Matched,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Highlight>? Highlights,
    string? Title,
    string? Caption,
    string? Alt,
    IReadOnlyList<string> Keywords,
    DateTime? TakenAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? ColorMatch = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImageReference? Sheet = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Page = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Pages = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FoundRegion? Region = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FoundPart>? Parts = null
)
{
    /// <param name="near">How many of the nearest count as found by what they look like.</param>
    public static SearchResult Of(FusedHit hit, int near)
    {
        var document = hit.Document;
        var result = new SearchResult(
            document.Id,
            document.Path,
            hit.Similarity is { } cosine ? Math.Round(cosine, 6) : null,
            document.Width,
            document.Height,
            document.Format,
            document.Bytes,
            document.UploadedAt.UtcDateTime,
            document.Verdict,
            document.Tags,
            document.Sha256,
            [
                .. (hit.Highlights ?? []).Select(highlight => highlight.Field).Distinct(),
                .. hit.Rank < near ? ["vector"] : Array.Empty<string>(),
            ],
            hit.Highlights is { Count: > 0 } highlights ? highlights : null,
            document.Title,
            document.Caption,
            document.Alt(),
            document.Keywords,
            document.TakenAt?.UtcDateTime
        );
        return hit.Part is { } part ? result.At(part, hit.Others) : result;
    }

    /// <summary>The same for a part of the image; a page of several is an image of its own.</summary>
    private SearchResult At(ImageDocument part, IReadOnlyList<Neighbour> others)
    {
        var (sheet, isOnly) = (new ImageReference(Id, Path), part.Pages is null or 1);
        var page = FoundPart.ImageOf(sheet, part);
        return this with
        {
            Id = page.Id,
            Path = page.Path,
            Width = isOnly ? Width : part.PageWidth ?? Width,
            Height = isOnly ? Height : part.PageHeight ?? Height,
            Sha256 = isOnly ? Sha256 : part.Sha256,
            Sheet = sheet,
            Page = part.PageNumber,
            Pages = part.Pages,
            Region = FoundRegion.Of(part),
            Parts = others.Count > 0 ? [.. others.Select(other => FoundPart.Of(sheet, other))] : null,
        };
    }

    /// <param name="match">How well its palette has the colours.</param>
    public static SearchResult Of(ImageDocument document, double match) =>
        Of(new FusedHit(document, null, null), 0) with
        {
            Matched = ["color"],
            ColorMatch = Math.Round(match, 4),
        };
}
