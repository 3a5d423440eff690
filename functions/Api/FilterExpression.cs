using Azure.Search.Documents;
using Serverless.Imaging;
using Serverless.Search;

namespace Serverless.Api;

/// <summary>A search filter as the search service reads it. Values are quoted by the client library, never pasted.</summary>
internal static class FilterExpression
{
    /// <exception cref="Refusal">A condition has no meaning.</exception>
    public static string? Of(SearchFilterRequest? filter, string container)
    {
        if (filter is null)
        {
            return null;
        }

        var terms = new List<string>();
        if (filter.Status is { } status && status != "indexed")
        {
            throw Refusal.Invalid($"filter.status is '{status}': only 'indexed' images are searched.");
        }

        if (filter.Prefix is { Length: > 0 } prefix)
        {
            var from = Length(prefix, "filter.prefix").StartsWith($"{container}/", StringComparison.Ordinal) ? prefix : $"{container}/{prefix}";
            var to = from + '\uffff';
            terms.Add(SearchFilter.Create($"path ge {from} and path lt {to}"));
        }

        if (filter.Format is { } format)
        {
            if (!Enum.TryParse<ImageFormat>(format, ignoreCase: true, out var known) || int.TryParse(format, out _))
            {
                throw Refusal.Invalid($"filter.format is '{format}': it must be one of {string.Join(", ", Enum.GetValues<ImageFormat>().Select(Names.Of))}.");
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

        return terms.Count > 0 ? string.Join(" and ", terms) : null;
    }

    private static string Length(string value, string name) => value.Length <= 1088 && !value.Any(char.IsControl)
        ? value
        : throw Refusal.Invalid($"{name} must be at most 1,088 characters and hold no control characters.");
}
