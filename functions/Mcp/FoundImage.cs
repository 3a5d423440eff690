using System.ComponentModel;
using Serverless.Api;

namespace Serverless.Mcp;

/// <summary>An image in tool results: <see cref="Text"/> is self-contained, and the links can be cited.</summary>
internal sealed record FoundImage(
    [property: Description("32 hexadecimal digits, for get_image, compare_images and fetch.")] string Id,
    [property: Description("Container and name of the blob.")] string Path,
    [property: Description("The title in the file, or the file name.")] string Title,
    [property: Description("Alternative text: the alt text, caption, title or name.")] string Alt,
    [property: Description("One sentence with everything known, for citing.")] string Text,
    [property: Description("The image's page, for people.")] string Url,
    [property: Description("The original file.")] string OriginalUrl,
    [property: Description("A WebP of at most 256 pixels a side.")] string ThumbnailUrl,
    int Width,
    int Height,
    [property: Description("Such as jpeg.")] string Format,
    long Bytes,
    [property: Description("ISO 8601, UTC; null if only its removal is known.")] DateTime? UploadedAt,
    [property: Description("When it was taken, in local time; null if the file does not say.")] DateTime? TakenAt,
    IReadOnlyList<string> Tags,
    IReadOnlyList<string> Keywords,
    [property: Description("Cosine with the query, -1 to 1; null without a query, or for one by colours alone.")] double? Similarity,
    [property: Description("Why it was found: the texts with words of the query, and 'vector' if it looks right; null without a query.")]
        IReadOnlyList<string>? Matched,
    [property: Description("The page of a document that was found, from 1; null for an image as a whole.")] int? Page = null,
    [property: Description("The place on that page, as shares of its width and height; null for the page as a whole.")]
        FoundRegion? Region = null
);

internal sealed record FoundImages(
    [property: Description("Best first.")] IReadOnlyList<FoundImage> Results,
    [property: Description("hybrid, vector, words or color.")] string Mode,
    [property: Description("The model that made the vectors.")] string Model,
    [property: Description("Parts of the query that were left out, if any.")] IReadOnlyList<string>? Notices
);

internal sealed record BrowsedImages(
    [property: Description("Newest first.")] IReadOnlyList<FoundImage> Results,
    [property: Description("Requests the next page; null at the end.")] string? Continuation
);
