using Azure.Search.Documents;
using Serverless.Categories;
using Serverless.Labels;

namespace Serverless.Api;

/// <summary>Conditions on labels as the search service reads them.</summary>
internal static class LabelTerms
{
    private const int Most = 10;

    /// <exception cref="ProblemException">There is no such label.</exception>
    public static IEnumerable<string> Of(PictureFilter filter)
    {
        var styles = Known(filter.Style, "style", LabelKind.Style);
        return
        [
            .. styles.Count == 0 ? Array.Empty<string>() : [SearchFilter.Create($"search.in(style, {string.Join('|', styles)}, '|')")],
            .. Few(filter.Categories, "categories").Select(name => SearchFilter.Create($"categories/any(c: c eq {Named(name)})")),
            .. Known(filter.Objects, "objects", LabelKind.Objects).Select(label => SearchFilter.Create($"objects/any(o: o eq {label})")),
        ];
    }

    private static IReadOnlyList<string> Few(IReadOnlyList<string>? labels, string name) =>
        labels is { Count: > Most }
            ? throw ProblemException.Invalid($"'{name}' has {labels.Count:N0} labels: at most {Most} are taken.")
            : labels ?? [];

    /// <summary>Whether there is a category of that name is not asked: it may be gone since the address was made.</summary>
    private static string Named(string? name) =>
        CategoryName.Parse(name)
        ?? throw ProblemException.Invalid(
            $"'categories' has '{QueryValue.Shorten(name ?? "")}', which is no name of a category: GET /api/categories has what there is."
        );

    private static IReadOnlyList<string> Known(IReadOnlyList<string>? labels, string name, LabelKind kind) =>
        [
            .. Few(labels, name)
                .Select(label =>
                    Vocabulary.OfToday.Names(kind).FirstOrDefault(known => known.Equals(label, StringComparison.OrdinalIgnoreCase))
                    ?? throw ProblemException.Invalid(
                        kind == LabelKind.Style
                            ? $"'{name}' is '{QueryValue.Shorten(label ?? "")}': it must be one of "
                                + $"{string.Join(", ", Vocabulary.OfToday.Names(kind))}."
                            : $"'{name}' has '{QueryValue.Shorten(label ?? "")}', which is not in the vocabulary: "
                                + "GET /api/facets?facets=objects has what there is."
                    )
                ),
        ];
}
