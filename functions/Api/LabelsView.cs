using Serverless.Images;
using Serverless.Labels;

namespace Serverless.Api;

/// <summary>What the model in use says of a picture.</summary>
/// <param name="Style">What kind of picture it is; null where the model is not sure.</param>
/// <param name="Objects">What it shows, the surest first; only what the model has been measured to know.</param>
internal sealed record LabelsView(LabelView? Style, IReadOnlyList<LabelView> Objects)
{
    public static LabelsView Of(PictureLabels labels) =>
        new(labels.Style is { } style ? LabelView.Of(style) : null, [.. labels.Objects.Select(LabelView.Of)]);
}

internal static class LabelledViews
{
    /// <summary>The view with its labels, as far as its vector is the current model's.</summary>
    public static async Task<ImageView> WithLabelsAsync(
        this ImageView view,
        ImageRecord record,
        Labeller labeller,
        CancellationToken cancellation
    ) => view with { Labels = LabelsView.Of(await labeller.OfAsync(record.Model, record.ModelRevision, record.Embedding, cancellation)) };
}

/// <param name="Name">As filters name it.</param>
/// <param name="Certainty">Against all other labels of its kind, 0 to 1.</param>
internal sealed record LabelView(string Name, double Certainty)
{
    public static LabelView Of(FoundLabel label) => new(label.Name, Math.Round(label.Certainty, 2));
}
