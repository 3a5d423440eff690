using Microsoft.Extensions.AI;
using Serverless.Embeddings;

namespace Serverless.Labels;

/// <summary>
/// Tells from the vector of a picture what kind of picture it is and what it shows, by comparing it with the vectors of the labels. Only
/// labels with a threshold for the model in use are given: the model has been measured to know them.
/// </summary>
internal sealed class Labeller(IEmbeddingGenerator<string, Embedding<float>> texts, EmbeddingModel model) : IDisposable
{
    /// <summary>That of models that know no label.</summary>
    public const string NoVersion = "none";

    private const int MostObjects = 5;

    private readonly SemaphoreSlim making = new(1);
    private Dictionary<LabelKind, LabelVectors>? known;

    public EmbeddingModel Model => model;

    private LabelThresholds? Thresholds => model.Thresholds.Labels;

    /// <summary>Changes when pictures have to be labelled again.</summary>
    public string Version => Thresholds is null ? NoVersion : $"{Vocabulary.OfToday.Version}-{Thresholds.Version}-{model.Revision}";

    /// <summary>The labels that the model knows.</summary>
    public IEnumerable<string> Offered(LabelKind kind) =>
        Vocabulary.OfToday.Names(kind).Where(name => Thresholds?.Of(Key(kind), name) is not null);

    /// <summary>None where another model made the vector.</summary>
    public Task<PictureLabels> OfAsync(string? name, string? revision, ReadOnlyMemory<float> embedding, CancellationToken cancellation) =>
        name == model.Name && revision == model.Revision ? OfAsync(embedding, cancellation) : Task.FromResult(PictureLabels.None);

    /// <param name="embedding">In the space shared with text; nothing is known of an empty one.</param>
    public async Task<PictureLabels> OfAsync(ReadOnlyMemory<float> embedding, CancellationToken cancellation)
    {
        if (Thresholds is not { } thresholds || embedding.IsEmpty)
        {
            return PictureLabels.None;
        }

        var vectors = known ?? await MakeAsync(thresholds, cancellation);
        var styles = Found(vectors, LabelKind.Style, embedding.Span, thresholds);
        return new PictureLabels(
            styles.Count > 0 ? styles[0] : null,
            [.. Found(vectors, LabelKind.Objects, embedding.Span, thresholds).Take(MostObjects)]
        );
    }

    public void Dispose() => making.Dispose();

    private static string Key(LabelKind kind) => kind == LabelKind.Style ? "style" : "objects";

    private static List<FoundLabel> Found(
        Dictionary<LabelKind, LabelVectors> vectors,
        LabelKind kind,
        ReadOnlySpan<float> picture,
        LabelThresholds thresholds
    )
    {
        var found = new List<FoundLabel>();
        var isByHead = IsByHead(kind, thresholds);
        var names = isByHead ? [.. thresholds.StyleHead.Keys] : vectors[kind].Labels.Select(label => label.Name).ToList();
        var certainties = isByHead
            ? StyleHead.Certainties(picture, thresholds.StyleHead.Values)
            : vectors[kind].Certainties(picture, thresholds.Scale);
        foreach (var (place, name) in names.Index())
        {
            if (certainties[place] >= thresholds.Of(Key(kind), name))
            {
                found.Add(new FoundLabel(name, certainties[place]));
            }
        }

        found.Sort((left, right) => right.Certainty.CompareTo(left.Certainty));
        return found;
    }

    private static bool IsByHead(LabelKind kind, LabelThresholds thresholds) => kind == LabelKind.Style && thresholds.StyleHead.Count > 0;

    /// <summary>Once per process, when first needed, and only of kinds that are told by words; a hosted model is asked no sooner.</summary>
    private async Task<Dictionary<LabelKind, LabelVectors>> MakeAsync(LabelThresholds thresholds, CancellationToken cancellation)
    {
        await making.WaitAsync(cancellation);
        try
        {
            if (known is null)
            {
                var made = new Dictionary<LabelKind, LabelVectors>();
                foreach (var kind in Enum.GetValues<LabelKind>().Where(kind => !IsByHead(kind, thresholds)))
                {
                    var labels = Vocabulary.OfToday.Labels.Where(label => label.Kind == kind).ToList();
                    made[kind] = await LabelVectors.OfAsync(labels, texts, cancellation);
                }

                known = made;
            }

            return known;
        }
        finally
        {
            making.Release();
        }
    }
}
