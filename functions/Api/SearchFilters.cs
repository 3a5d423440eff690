using Microsoft.OpenApi;

namespace Serverless.Api;

/// <summary>Filters as query parameters.</summary>
internal static class SearchFilters
{
    /// <summary>The parameters that <see cref="Of"/> reads.</summary>
    public static readonly (string Name, JsonSchemaType Type, string Text)[] Parameters =
    [
        ("prefix", JsonSchemaType.String, "The start of the path."),
        ("format", JsonSchemaType.String, "A format, such as jpeg."),
        ("uploadedAfter", JsonSchemaType.String, "Uploaded at this time or later."),
        ("uploadedBefore", JsonSchemaType.String, "Uploaded before this time."),
        ("tags", JsonSchemaType.String, "Tags that the image must all have, separated by commas."),
        ("minWidth", JsonSchemaType.Integer, "Least width in pixels."),
        ("minHeight", JsonSchemaType.Integer, "Least height in pixels."),
    ];

    public static SearchFilterRequest Of(IQueryCollection query) =>
        new(
            query["prefix"],
            query["status"],
            query["format"],
            QueryValue.Time(query, "uploadedAfter"),
            QueryValue.Time(query, "uploadedBefore"),
            [
                .. query["tags"]
                    .SelectMany(tags => (tags ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
            ],
            QueryValue.Integer(query, "minWidth"),
            QueryValue.Integer(query, "minHeight")
        );
}
