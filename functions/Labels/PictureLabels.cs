namespace Serverless.Labels;

/// <summary>A label that a picture has.</summary>
/// <param name="Certainty">Share of the label among all of its kind, 0 to 1; of a category the cosine with it.</param>
internal readonly record struct FoundLabel(string Name, double Certainty);

/// <summary>What the model in use says of a picture.</summary>
/// <param name="Style">Null where it is not sure.</param>
/// <param name="Objects">The surest first.</param>
internal sealed record PictureLabels(FoundLabel? Style, IReadOnlyList<FoundLabel> Objects)
{
    public static readonly PictureLabels None = new(null, []);

    /// <summary>The team's own categories, the surest first.</summary>
    public IReadOnlyList<FoundLabel> Categories { get; init; } = [];
}
