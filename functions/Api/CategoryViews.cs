using Serverless.Jobs;
using Serverless.Reconcile;

namespace Serverless.Api;

/// <summary>What a category means, and where it begins.</summary>
/// <param name="Prompts">Up to 5 texts of up to 200 characters that mean it, such as <c>a staircase seen from below</c>.</param>
/// <param name="Examples">Ids of up to 16 images that show it. At least one prompt or example is needed.</param>
/// <param name="Threshold">The least cosine of a picture that belongs to it; what a preview suggests where absent.</param>
internal sealed record CategoryRequest(
    IReadOnlyList<string?>? Prompts = null,
    IReadOnlyList<string?>? Examples = null,
    double? Threshold = null
);

/// <summary>The same, to see what would belong to it.</summary>
/// <param name="Prompts">Up to 5 texts of up to 200 characters that mean it.</param>
/// <param name="Examples">Ids of up to 16 images that show it.</param>
/// <param name="Threshold">The cosine to count from; a suggested one where absent.</param>
/// <param name="Top">Images wanted, 1 to 1,000; 200 where absent.</param>
internal sealed record CategoryPreviewRequest(
    IReadOnlyList<string?>? Prompts = null,
    IReadOnlyList<string?>? Examples = null,
    double? Threshold = null,
    int? Top = null
);

/// <summary>What would belong to a category.</summary>
/// <param name="Threshold">What is counted from.</param>
/// <param name="Suggested">Where the cosines of the nearest images fall most steeply.</param>
/// <param name="Count">Images at or above the threshold, of the nearest 1,000.</param>
/// <param name="More">True if all of the nearest 1,000 are: there may be more.</param>
/// <param name="Images">The nearest, the surest first, whatever the threshold.</param>
internal sealed record CategoryPreview(
    double Threshold,
    double Suggested,
    int Count,
    bool More,
    IReadOnlyList<CategoryCandidate> Images,
    string Model
);

/// <param name="Similarity">The cosine with the category.</param>
internal sealed record CategoryCandidate(string Id, string Path, double Similarity);

/// <summary>A category of the team.</summary>
/// <param name="Name">As filters name it.</param>
/// <param name="Prompts">Texts that mean it.</param>
/// <param name="Examples">Ids of images that show it.</param>
/// <param name="Threshold">The least cosine; null if it was never saved with the model in use: then no image gets it.</param>
internal sealed record CategoryView(string Name, IReadOnlyList<string> Prompts, IReadOnlyList<string> Examples, double? Threshold);

/// <summary>How far all images have been compared with the categories after the last change.</summary>
/// <param name="Images">Images compared so far.</param>
/// <param name="Failed">Images that failed; the next reconciliation compares them.</param>
internal sealed record TaggingView(JobStatus Status, int Images, int Failed, DateTime StartedAt, DateTime? FinishedAt, string? Reason)
{
    public static TaggingView Of(Job job)
    {
        var state = job.StateOf(TaggingJson.Default.TaggingState);
        return new TaggingView(
            job.Status,
            state?.Images ?? 0,
            state?.Failed ?? 0,
            job.StartedAt.UtcDateTime,
            job.FinishedAt?.UtcDateTime,
            job.Reason
        );
    }
}

/// <summary>The categories of the team.</summary>
/// <param name="Categories">By name.</param>
/// <param name="Model">The model that the thresholds are for.</param>
/// <param name="Tagging">Null if no category was ever changed.</param>
internal sealed record CategoryList(IReadOnlyList<CategoryView> Categories, string Model, TaggingView? Tagging);
