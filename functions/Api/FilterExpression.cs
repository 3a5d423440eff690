using Azure.Search.Documents;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Search;

namespace Serverless.Api;

/// <summary>
/// A search filter as the search service reads it (<paramref name="OData"/>; values are quoted by the client library, never
/// pasted), and the rest of a prefix that ends inside a name, which the service cannot compare.
/// </summary>
internal sealed record FilterExpression(string? OData, string? PathStart)
{
    private const int MaxTags = 32;

    public bool Matches(string path) => PathStart is null || path.StartsWith(PathStart, StringComparison.Ordinal);

    /// <exception cref="Refusal">A condition has no meaning.</exception>
    public static FilterExpression Of(SearchFilterRequest? filter, string container)
    {
        if (filter is null)
        {
            return new FilterExpression(null, null);
        }

        string? pathStart = null;
        var terms = new List<string>();
        if (filter.Status is { } status && status != "indexed")
        {
            throw Refusal.Invalid($"filter.status is '{QueryValue.Shorten(status)}': only 'indexed' images are searched.");
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
            if (!Enum.TryParse<ImageFormat>(format, ignoreCase: true, out var known) || !format.All(char.IsAsciiLetter))
            {
                throw Refusal.Invalid(
                    $"filter.format is '{QueryValue.Shorten(format)}': it must be one of {string.Join(", ", Enum.GetValues<ImageFormat>().Select(Names.Of))}."
                );
            }

            var name = Names.Of(known);
            terms.Add(SearchFilter.Create($"format eq {name}"));
        }

        if (filter.UploadedAfter is { } after)
        {
            terms.Add(SearchFilter.Create($"uploadedAt ge {after}"));
        }

        if (filter.UploadedBefore is { } before)
        {
            terms.Add(SearchFilter.Create($"uploadedAt lt {before}"));
        }

        if (filter.Tags?.Count > MaxTags)
        {
            throw Refusal.Invalid($"filter.tags has {filter.Tags.Count:N0} tags: an image has at most {MaxTags}.");
        }

        foreach (var tag in filter.Tags ?? [])
        {
            terms.Add(SearchFilter.Create($"tags/any(t: t eq {Length(tag, "filter.tags")})"));
        }

        if (filter.MinWidth is { } width)
        {
            terms.Add(SearchFilter.Create($"width ge {width}"));
        }

        if (filter.MinHeight is { } height)
        {
            terms.Add(SearchFilter.Create($"height ge {height}"));
        }

        return new FilterExpression(terms.Count > 0 ? string.Join(" and ", terms) : null, pathStart);
    }

    private static string Length(string? value, string name) =>
        value is { Length: <= 1088 } && !value.Any(char.IsControl)
            ? value
            : throw Refusal.Invalid($"{name} must be text of at most 1,088 characters and hold no control characters.");
}
