namespace Serverless.Api;

/// <summary>A filter with its possible values counted.</summary>
/// <param name="Name">That of the filter.</param>
/// <param name="Field">Of the index, and what the service is asked about it.</param>
/// <param name="Free">A request without this filter: its own values are counted as if it were not there.</param>
internal sealed record Facet(string Name, string Field, string Asked, Func<SearchFilterRequest, SearchFilterRequest> Free)
{
    private const string Many = "count:50";

    public static readonly IReadOnlyList<Facet> All =
    [
        new("style", "style", "count:11", filter => filter with { Style = null }),
        new("objects", "objects", Many, filter => filter with { Objects = null }),
        new("categories", "categories", "count:100", filter => filter with { Categories = null }),
        new("color", "colors", "count:12", filter => filter with { Color = null }),
        new("foreground", "foreground", "count:12", filter => filter with { Foreground = null }),
        new("background", "background", "count:12", filter => filter with { Background = null }),
        new("bw", "bw", "count:2", filter => filter with { Bw = null }),
        new("transparent", "transparent", "count:2", filter => filter with { Transparent = null }),
        new("orientation", "orientation", "count:4", filter => filter with { Orientation = null }),
        new("isolated", "isolated", "count:2", filter => filter with { Isolated = null }),
        new("subject", "subject", "count:5", filter => filter with { Subject = null }),
        new("copySpace", "copySpace", "count:4", filter => filter with { CopySpace = null }),
        new("framing", "framing", "count:3", filter => filter with { Framing = null }),
        new("megapixels", "megapixels", "values:0.5|2|8|24", filter => filter with { Megapixels = null }),
        new("format", "format", Many, filter => filter with { Format = null }),
        new("tags", "tags", Many, filter => filter with { Tags = null }),
        new("keywords", "keywords", Many, filter => filter with { Keywords = null }),
        new("camera", "camera", Many, filter => filter with { Camera = null }),
    ];

    /// <summary>All where none is named.</summary>
    /// <exception cref="ProblemException">There is none of that name.</exception>
    public static IReadOnlyList<Facet> Named(IReadOnlyList<string> names) =>
        names.Count == 0
            ? All
            :
            [
                .. names
                    .Distinct(StringComparer.Ordinal)
                    .Select(name =>
                        All.FirstOrDefault(facet => facet.Name == name)
                        ?? throw ProblemException.Invalid(
                            $"'facets' has '{QueryValue.Shorten(name)}': it must be of {string.Join(", ", All.Select(one => one.Name))}."
                        )
                    ),
            ];
}
