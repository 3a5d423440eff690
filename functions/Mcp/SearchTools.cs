using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Serverless.Api;
using Serverless.Imaging;

namespace Serverless.Mcp;

/// <summary>The search tools.</summary>
internal sealed class SearchTools(ImageSearch search, QueryPictures pictures, Descriptions descriptions, Previews shown, ToolAnswer answer)
{
    [McpServerTool(
        Name = "search_images",
        Title = "Search images",
        ReadOnly = true,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(FoundImages)
    )]
    [Description(
        "Finds images by words, by a picture, by a stored image, by colours, or by a mix of them; best first, "
            + "each with a label, a small preview and links to cite. "
            + "Words match names, folders, captions, keywords, tags, dates and cameras as well as what the pictures show; "
            + "'matched' says which. "
            + "'similarity' is a cosine: compare it only within the results of one search."
    )]
    public Task<CallToolResult> SearchAsync(
        [
            Description("Words that describe the picture or occur in its name or caption, such as 'red lighthouse at night'."),
            MaxLength(1000)
        ]
            string? text = null,
        [Description("A picture to search by: base64, a data: URL, or an https URL at an allowed host.")] string? image = null,
        [Description("The id of a stored image to start from ('more like this').")] string? id = null,
        [Description("Words that the picture should not show."), MaxLength(1000)] string? not = null,
        [Description("How to search; hybrid by default if there is text."), AllowedValues("hybrid", "vector", "words")] string? mode = null,
        [Description("Results wanted."), Range(1, 20)] int top = 8,
        [Description("Only images whose path starts with this, such as 'holiday/'.")] string? prefix = null,
        [Description("Only images of this format."), AllowedValues("jpeg", "png", "webp", "gif", "tiff", "bmp", "avif", "heic")]
            string? format = null,
        [Description("Only images that have all these tags.")] IReadOnlyList<string>? tags = null,
        [Description("Only images taken at this time or later, such as 2019-01-01T00:00:00Z.")] DateTimeOffset? takenAfter = null,
        [Description("Only images taken before this time.")] DateTimeOffset? takenBefore = null,
        [Description("Only images uploaded at this time or later.")] DateTimeOffset? uploadedAfter = null,
        [Description("Only images uploaded before this time.")] DateTimeOffset? uploadedBefore = null,
        [Description(
            "Only images with all these colours: black, blue, brown, gray, green, orange, pink, purple, red, teal, white, yellow, "
                + "or a value such as #3366cc."
        )]
            IReadOnlyList<string>? color = null,
        [Description("Only images of this shape."), AllowedValues("landscape", "portrait", "square", "panorama")]
            string? orientation = null,
        [Description("Only images with the subject at: left, right, top, bottom (two for a corner) or center.")]
            IReadOnlyList<string>? subject = null,
        [Description("Only images with space for text at: left, right, top, bottom.")] IReadOnlyList<string>? copySpace = null,
        [Description("Only images in black and white (true), or in colour (false).")] bool? bw = null,
        [Description("Only images of one object on a plain background (true).")] bool? isolated = null,
        [Description("Only images with transparent areas (true).")] bool? transparent = null,
        [Description(
            "Only pictures of these kinds: photo, illustration, lineDrawing, clipArt, painting, screenshot, document, chart, map, …"
        )]
            IReadOnlyList<string>? style = null,
        [Description("Only images that show all of these, as facets name them, such as cat or tree.")]
            IReadOnlyList<string>? objects = null,
        [Description("Only images that belong to all of these categories, which the team defined itself.")]
            IReadOnlyList<string>? categories = null,
        [Description("False omits the previews.")] bool previews = true,
        CancellationToken cancellation = default
    ) =>
        answer.OfAsync(async () =>
        {
            var filter = new SearchFilterRequest(
                prefix,
                null,
                format,
                uploadedAfter,
                uploadedBefore,
                tags,
                TakenAfter: takenAfter,
                TakenBefore: takenBefore
            )
            {
                Color = color,
                Orientation = orientation is null ? null : [orientation],
                Subject = subject,
                CopySpace = copySpace,
                Style = style,
                Objects = objects,
                Categories = categories,
                Bw = bw,
                Isolated = isolated,
                Transparent = transparent,
            };
            var found = await FindAsync(
                new SearchRequest(text, Id: id, Not: not, Top: top, Filter: filter, Mode: ModeOf(mode)),
                await pictures.ReadAsync("image", image, cancellation),
                cancellation
            );
            return (found, await shown.OfAsync(found.Results, previews, cancellation));
        });

    [McpServerTool(
        Name = "search",
        Title = "Search",
        ReadOnly = true,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(Hits)
    )]
    [Description("Finds images by words. For connectors that only support search and fetch: fetch returns more about a result.")]
    public Task<CallToolResult> HitsAsync(
        [Description("Words that describe the picture or occur in its name or caption."), MaxLength(1000)] string query,
        CancellationToken cancellation = default
    ) =>
        answer.OfAsync(async () =>
        {
            var found = await FindAsync(new SearchRequest(query, Top: 20), null, cancellation);
            return new Hits([.. found.Results.Select(image => new Hit(image.Id, image.Title, image.Url))]);
        });

    private async Task<FoundImages> FindAsync(SearchRequest request, CheckedImage? picture, CancellationToken cancellation)
    {
        var reply = await search.RunAsync(request, picture, cancellation);
        return new FoundImages(
            [.. reply.Results.Select(descriptions.Of)],
            reply.Mode.ToString().ToLowerInvariant(),
            reply.Model,
            reply.Notices
        );
    }

    private static SearchMode? ModeOf(string? mode) =>
        mode switch
        {
            "hybrid" => SearchMode.Hybrid,
            "vector" => SearchMode.Vector,
            "words" => SearchMode.Words,
            _ => null,
        };
}

/// <summary>The shape that assistants' connectors require from <c>search</c>.</summary>
internal sealed record Hits(IReadOnlyList<Hit> Results);

internal sealed record Hit(string Id, string Title, string Url);
