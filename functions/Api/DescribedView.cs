using Serverless.Images;

namespace Serverless.Api;

/// <summary>Who described an image.</summary>
/// <param name="Model">The model that described it; null while none has.</param>
/// <param name="At">When that was.</param>
/// <param name="Edited">
/// The texts that a person wrote or removed, <c>altText</c> or <c>description</c>: models no longer change them.
/// </param>
/// <param name="Problem">Why no model has described it yet, or never will.</param>
internal sealed record DescribedView(string? Model, DateTime? At, IReadOnlyList<string> Edited, string? Problem)
{
    public static DescribedView Of(ImageDescription description) =>
        new(
            description.Model,
            description.DescribedAt?.UtcDateTime,
            [
                .. description.IsAltTextEdited ? ["altText"] : Array.Empty<string>(),
                .. description.IsTextEdited ? ["description"] : Array.Empty<string>(),
            ],
            description.Problem
        );
}
