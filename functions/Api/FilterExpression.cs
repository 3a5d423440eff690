using Azure.Search.Documents;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>
/// A search filter in the service's syntax (<paramref name="OData"/>; the client library quotes values), and the rest of a prefix that ends
/// inside a name, which the service cannot compare.
/// </summary>
/// <param name="NotPathStart">The same for excluded paths.</param>
internal sealed record FilterExpression(string? OData, string? PathStart, string? NotPathStart = null)
{
    private const int MaxTags = 32;

    /// <summary>Whether the service alone cannot decide which images pass.</summary>
    public bool IsPartial => PathStart is not null || NotPathStart is not null;

    public bool Matches(string path) =>
        (PathStart is null || path.StartsWith(PathStart, StringComparison.Ordinal))
        && (NotPathStart is null || !path.StartsWith(NotPathStart, StringComparison.Ordinal));

    /// <summary>The same, excluding some images.</summary>
    public FilterExpression Without(IReadOnlyList<string>? ids) => Without(ids, "id");

    /// <summary>The same for pages and tiles: those of some sheets are excluded.</summary>
    public FilterExpression WithoutSheets(IReadOnlyList<string>? ids) => Without(ids, "sheet");

    private FilterExpression Without(IReadOnlyList<string>? ids, string field)
    {
        var unwanted = (ids ?? []).Where(ImagePath.IsId).ToList();
        var term = $"not {DocumentReading.In(unwanted, field)}";
        return unwanted.Count == 0 ? this : this with { OData = OData is null ? term : $"{OData} and {term}" };
    }

    /// <exception cref="ProblemException">A condition is invalid.</exception>
    public static FilterExpression Of(SearchFilterRequest? filter, string container)
    {
        if (filter is null)
        {
            return new FilterExpression(null, null);
        }

        if (filter.Not is { Not: not null })
        {
            throw ProblemException.Invalid("filter.not.not is not supported.");
        }

        var (terms, pathStart) = Terms(filter, container);
        var (unwanted, notPathStart) = filter.Not is { } not ? Terms(not, container) : ([], null);

        // A folder that is only a prefix of an unwanted path does not exclude an image.
        var left = notPathStart is null ? unwanted : unwanted[1..];
        terms.AddRange(left.Select(term => $"not ({term})"));
        return new FilterExpression(terms.Count > 0 ? string.Join(" and ", terms) : null, pathStart, notPathStart);
    }

    /// <summary>The first term is that of the prefix, where there is one.</summary>
    private static (List<string> Terms, string? PathStart) Terms(SearchFilterRequest filter, string container)
    {
        string? pathStart = null;
        var terms = new List<string>();
        if (filter.Status is { } status && status != "indexed")
        {
            throw ProblemException.Invalid($"filter.status is '{QueryValue.Shorten(status)}': only 'indexed' images are searched.");
        }

        if (filter.Prefix is { Length: > 0 } prefix)
        {
            var from = Length(prefix, "filter.prefix").StartsWith($"{container}/", StringComparison.Ordinal)
                ? prefix
                : $"{container}/{prefix}";
            var folder = from[..(from.LastIndexOf('/') + 1)];
            terms.Add(SearchFilter.Create($"folders/any(f: f eq {folder})"));
            pathStart = folder.Length < from.Length ? from : null;
        }

        if (filter.Format is { } format)
        {
            if (ImageFormats.Named(format) is not { } known)
            {
                throw ProblemException.Invalid(
                    $"filter.format is '{QueryValue.Shorten(format)}': it must be one of "
                        + $"{string.Join(", ", Enum.GetValues<ImageFormat>().Select(Names.Of))}."
                );
            }

            var name = Names.Of(known);
            terms.Add(
                known == ImageFormat.Webp
                    ? SearchFilter.Create($"(format eq {name} or format eq {ImageDocument.EarlierWebp})")
                    : SearchFilter.Create($"format eq {name}")
            );
        }

        AddRanges(filter, terms);
        AddWords(filter, terms);
        terms.AddRange(PictureTerms.Of(filter));
        if (filter.Near is { } near)
        {
            terms.Add(PlaceFilter.Of(near));
        }

        if (filter.Box is { } box)
        {
            terms.Add(PlaceFilter.Of(box));
        }

        return (terms, pathStart);
    }

    private static void AddRanges(SearchFilterRequest filter, List<string> terms)
    {
        if (filter.UploadedAfter is { } after)
        {
            terms.Add(SearchFilter.Create($"uploadedAt ge {after}"));
        }

        if (filter.UploadedBefore is { } before)
        {
            terms.Add(SearchFilter.Create($"uploadedAt lt {before}"));
        }

        if (filter.TakenAfter is { } takenAfter)
        {
            terms.Add(SearchFilter.Create($"takenAt ge {takenAfter}"));
        }

        if (filter.TakenBefore is { } takenBefore)
        {
            terms.Add(SearchFilter.Create($"takenAt lt {takenBefore}"));
        }

        if (filter.MinRating is { } rating)
        {
            terms.Add(SearchFilter.Create($"rating ge {QueryValue.Between(rating, 1, 5, "filter.minRating")}"));
        }

        if (filter.MinWidth is { } width)
        {
            terms.Add(SearchFilter.Create($"width ge {width}"));
        }

        if (filter.MinHeight is { } height)
        {
            terms.Add(SearchFilter.Create($"height ge {height}"));
        }
    }

    private static void AddWords(SearchFilterRequest filter, List<string> terms)
    {
        foreach (var tag in Few(filter.Tags, "filter.tags"))
        {
            terms.Add(SearchFilter.Create($"tags/any(t: t eq {Length(tag, "filter.tags")})"));
        }

        foreach (var keyword in Few(filter.Keywords, "filter.keywords"))
        {
            terms.Add(SearchFilter.Create($"keywords/any(k: k eq {Length(keyword, "filter.keywords")})"));
        }

        foreach (var (name, value) in Few(filter.Properties?.ToList(), "filter.properties"))
        {
            var property = Length($"{name.ToLowerInvariant()}={value}", "filter.properties");
            terms.Add(SearchFilter.Create($"properties/any(p: p eq {property})"));
        }

        if (filter.Camera is { } camera && Length(camera, "filter.camera").Any(char.IsLetterOrDigit))
        {
            // A phrase, which nothing in it can end.
            var phrase = $"\"{camera.Replace('"', ' ').Replace('\\', ' ')}\"";
            terms.Add(SearchFilter.Create($"search.ismatch({phrase}, 'camera', 'full', 'all')"));
        }
    }

    private static IReadOnlyList<T> Few<T>(IReadOnlyList<T>? values, string name) =>
        values is { Count: > MaxTags }
            ? throw ProblemException.Invalid($"{name} has {values.Count:N0} entries: at most {MaxTags} are allowed.")
            : values ?? [];

    private static string Length(string? value, string name) =>
        value is { Length: <= 1088 } && !value.Any(char.IsControl)
            ? value
            : throw ProblemException.Invalid($"{name} must be text of at most 1,088 characters without control characters.");
}
