using System.Globalization;
using Microsoft.OpenApi;
using Serverless.Api.Description;
using Serverless.Imaging;

namespace Serverless.Api;

/// <summary>Filters as query parameters.</summary>
internal static class SearchFilters
{
    private static readonly QueryParameter[] PictureParameters =
    [
        ("color", JsonSchemaType.String, "Colours that it must all have, separated by commas: names, or 3366cc for what looks like it."),
        ("foreground", JsonSchemaType.String, "Names of colours, one of which its subject has."),
        ("background", JsonSchemaType.String, "Names of colours, one of which its edge has."),
        ("bw", JsonSchemaType.Boolean, "Black and white."),
        ("transparent", JsonSchemaType.Boolean, "Some of it can be seen through."),
        ("isolated", JsonSchemaType.Boolean, "One thing on a ground of one colour."),
        ("orientation", JsonSchemaType.String, "One of landscape, portrait, square, panorama; several separated by commas."),
        ("subject", JsonSchemaType.String, "Where the subject is: left, right, top, bottom (two for a corner) or center."),
        ("copySpace", JsonSchemaType.String, "Room for words: left, right, top, bottom; all that are given."),
        ("framing", JsonSchemaType.String, "One of closeUp, medium, wide; several separated by commas."),
        QueryParameter.List("style", "Kinds of pictures, one of which it is, separated by commas: photo, lineDrawing, document …"),
        QueryParameter.List("objects", "Things and scenes that it must all show, separated by commas: cat,tree."),
        QueryParameter.List("categories", "The team's own categories that it must all belong to, separated by commas."),
        ("brightness", JsonSchemaType.String, "A range from 0 to 100, such as 60-."),
        ("chroma", JsonSchemaType.String, "Strength of the colours: a range from 0 to 100."),
        ("symmetry", JsonSchemaType.String, "Agreement with the mirror image: a range from 0 to 100."),
        ("sharpness", JsonSchemaType.String, "A range from 0 to 100."),
        ("noise", JsonSchemaType.String, "Grain: a range from 0 to 100."),
        ("texture", JsonSchemaType.String, "Standard deviation of the luma: a range from 0 to 127."),
        ("aspect", JsonSchemaType.String, "Width by height: a range such as 1.5-2."),
        ("megapixels", JsonSchemaType.String, "Millions of pixels: a range such as 2-."),
    ];

    /// <summary>The parameters that <see cref="Of"/> reads.</summary>
    public static readonly QueryParameter[] Parameters =
    [
        ("prefix", JsonSchemaType.String, "The start of the path."),
        QueryParameter.Choice("status", "Only indexed images are searched.", "indexed"),
        QueryParameter.Choice<ImageFormat>("format", "The format of the file."),
        QueryParameter.Time("uploadedAfter", "Uploaded at this time or later."),
        QueryParameter.Time("uploadedBefore", "Uploaded before this time."),
        QueryParameter.List("tags", "Tags, all required, separated by commas."),
        QueryParameter.Whole("minWidth", "Minimum width in pixels."),
        QueryParameter.Whole("minHeight", "Minimum height in pixels."),
        QueryParameter.Time("takenAfter", "Taken at this time or later, in local time."),
        QueryParameter.Time("takenBefore", "Taken before this time."),
        ("camera", JsonSchemaType.String, "Words of the camera's name, such as canon."),
        QueryParameter.Whole("minRating", "Least rating.", 1, 5),
        QueryParameter.List("keywords", "Keywords of the file, all required, separated by commas."),
        ("near", JsonSchemaType.String, "Taken within a distance from a place: latitude,longitude,kilometres."),
        ("box", JsonSchemaType.String, "Taken in a rectangle of the map: south,west,north,east."),
        QueryParameter.List("properties", "Metadata of the blob, all required: name=value, separated by commas."),
        .. PictureParameters,
        ("notPrefix", JsonSchemaType.String, "Excludes paths that start with this."),
        QueryParameter.Choice<ImageFormat>("notFormat", "Excludes images of this format."),
        QueryParameter.List("notTags", "Excludes images with any of these tags."),
        QueryParameter.List("notKeywords", "Excludes images with any of these keywords."),
    ];

    public static SearchFilterRequest Of(IQueryCollection query) =>
        new(
            query["prefix"],
            query["status"],
            query["format"],
            QueryValue.Time(query, "uploadedAfter"),
            QueryValue.Time(query, "uploadedBefore"),
            List(query, "tags"),
            QueryValue.Integer(query, "minWidth"),
            QueryValue.Integer(query, "minHeight"),
            QueryValue.Time(query, "takenAfter"),
            QueryValue.Time(query, "takenBefore"),
            query["camera"],
            QueryValue.Integer(query, "minRating"),
            List(query, "keywords"),
            Numbers(query, "near", 3) is [var latitude, var longitude, var km] ? new NearFilter(latitude, longitude, km) : null,
            Numbers(query, "box", 4) is [var south, var west, var north, var east] ? new BoxFilter(south, west, north, east) : null,
            Properties(query),
            NotOf(query)
        )
        {
            Color = List(query, "color"),
            Foreground = List(query, "foreground"),
            Background = List(query, "background"),
            Bw = QueryValue.Choice(query, "bw"),
            Transparent = QueryValue.Choice(query, "transparent"),
            Isolated = QueryValue.Choice(query, "isolated"),
            Orientation = List(query, "orientation"),
            Subject = List(query, "subject"),
            CopySpace = List(query, "copySpace"),
            Framing = List(query, "framing"),
            Style = List(query, "style"),
            Objects = List(query, "objects"),
            Categories = List(query, "categories"),
            Brightness = query["brightness"],
            Chroma = query["chroma"],
            Symmetry = query["symmetry"],
            Sharpness = query["sharpness"],
            Noise = query["noise"],
            Texture = query["texture"],
            Aspect = query["aspect"],
            Megapixels = query["megapixels"],
        };

    /// <summary>Values separated by commas.</summary>
    public static List<string> List(IQueryCollection query, string name) =>
        [
            .. query[name]
                .SelectMany(list => (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
        ];

    private static SearchFilterRequest? NotOf(IQueryCollection query)
    {
        var not = new SearchFilterRequest(
            Prefix: query["notPrefix"],
            Format: query["notFormat"],
            Tags: List(query, "notTags"),
            Keywords: List(query, "notKeywords")
        );
        return string.IsNullOrEmpty(not.Prefix) && not.Format is null && not.Tags!.Count + not.Keywords!.Count == 0 ? null : not;
    }

    private static double[]? Numbers(IQueryCollection query, string name, int count)
    {
        var list = List(query, name);
        if (list.Count == 0)
        {
            return null;
        }

        var numbers = list.Select(text =>
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                    ? number
                    : (double?)null
            )
            .OfType<double>()
            .ToArray();
        return numbers.Length == count && list.Count == count
            ? numbers
            : throw ProblemException.Invalid($"'{name}' must be {count} numbers separated by commas, each with a point and no comma.");
    }

    private static Dictionary<string, string> Properties(IQueryCollection query)
    {
        var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in List(query, "properties"))
        {
            if (item.Split('=', 2) is not [{ Length: > 0 } name, var value] || !properties.TryAdd(name, value))
            {
                throw ProblemException.Invalid("'properties' must be name=value, separated by commas, each name once.");
            }
        }

        return properties;
    }
}
