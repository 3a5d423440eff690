using Serverless.Api.Description;
using Serverless.Categories;
using Serverless.Images;
using Serverless.Labels;

namespace Serverless.Api;

/// <summary>What the model in use says of a picture.</summary>
/// <param name="Style">What kind of picture it is; null where the model is not sure.</param>
/// <param name="Objects">What it shows, the surest first; only what the model has been measured to know.</param>
/// <param name="Categories">The team's own categories, the surest first.</param>
/// <param name="Refused">Labels that somebody refused for this picture.</param>
internal sealed record LabelsView(
    LabelView? Style,
    IReadOnlyList<LabelView> Objects,
    IReadOnlyList<LabelView> Categories,
    IReadOnlyList<RefusedLabelView> Refused
)
{
    public static LabelsView Of(PictureLabels labels, IReadOnlyList<RefusedLabel> refused) =>
        new(
            labels.Style is { } style ? LabelView.Of(style) : null,
            [.. labels.Objects.Select(LabelView.Of)],
            [.. labels.Categories.Select(LabelView.Of)],
            [.. refused.Select(label => new RefusedLabelView(label.Kind, label.Name))]
        );
}

internal static class LabelledViews
{
    /// <summary>The view with its labels, as far as its vector is the current model's.</summary>
    public static async Task<ImageView> WithLabelsAsync(
        this ImageView view,
        ImageRecord record,
        Tagger tagger,
        CancellationToken cancellation
    ) => view with { Labels = LabelsView.Of(await tagger.OfAsync(record, cancellation), record.Refused) };
}

/// <param name="Name">As filters name it.</param>
/// <param name="Certainty">Against all other labels of its kind, 0 to 1; of a category the cosine with it.</param>
internal sealed record LabelView(string Name, double Certainty)
{
    public static LabelView Of(FoundLabel label) => new(label.Name, Math.Round(label.Certainty, 3));
}

/// <param name="Kind">What the label says of a picture.</param>
/// <param name="Name">As filters name it.</param>
internal sealed record RefusedLabelView([property: Choices("style", "objects", "categories")] string Kind, string Name);
