using Serverless.Images;
using Serverless.Labels;

namespace Serverless.Categories;

/// <summary>Labels without those that were refused.</summary>
internal static class Refusing
{
    public static PictureLabels Without(this PictureLabels labels, IReadOnlyList<RefusedLabel> refused) =>
        refused.Count == 0
            ? labels
            : new PictureLabels(
                labels.Style is { } style && Is(refused, "style", style) ? null : labels.Style,
                [.. labels.Objects.Where(label => !Is(refused, "objects", label))]
            )
            {
                Categories = [.. labels.Categories.Where(label => !Is(refused, "categories", label))],
            };

    private static bool Is(IReadOnlyList<RefusedLabel> refused, string kind, FoundLabel label) =>
        refused.Contains(new RefusedLabel(kind, label.Name));
}
