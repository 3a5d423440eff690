using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Labels;
using Serverless.Ledger;

namespace Serverless.Categories;

/// <summary>
/// All that the vector of a picture says of it: labels of the vocabulary and the team's categories, without those that somebody refused
/// for it.
/// </summary>
internal sealed class Tagger(Labeller labeller, KnownCategories categories)
{
    public EmbeddingModel Model => labeller.Model;

    /// <summary>None where another model made the vector.</summary>
    public async Task<PictureLabels> OfAsync(ImageRecord record, CancellationToken cancellation) =>
        Model.Made(record) && !record.Embedding.IsEmpty
            ? await OfAsync(record, await categories.OfTodayAsync(cancellation), cancellation)
            : PictureLabels.None;

    /// <summary>The same, with the version that says what it was compared with.</summary>
    public async Task<(PictureLabels Labels, string Version)> WithVersionAsync(ImageRecord record, CancellationToken cancellation)
    {
        var set = await categories.OfTodayAsync(cancellation);
        return (await OfAsync(record, set, cancellation), VersionOf(set));
    }

    /// <summary>The version of labels that are told now.</summary>
    public async Task<string> VersionAsync(CancellationToken cancellation) => VersionOf(await categories.ReadAsync(cancellation));

    private async Task<PictureLabels> OfAsync(ImageRecord record, CategorySet set, CancellationToken cancellation)
    {
        var told = await labeller.OfAsync(record.Model, record.ModelRevision, record.Embedding, record.Visual, cancellation);
        return (told with { Categories = set.Of(record.Embedding.Span) }).Without(record.Refused);
    }

    private string VersionOf(CategorySet set) => set.Version is { } version ? $"{labeller.Version}+{version}" : labeller.Version;
}
