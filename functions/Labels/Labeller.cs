using Microsoft.Extensions.AI;
using Serverless.Embeddings;
using Serverless.Features;

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
    public string Version =>
        Thresholds is null ? NoVersion : $"{Vocabulary.OfToday.Version}-{Thresholds.Version}-{StyleRules.Version}-{model.Revision}";

    /// <summary>The labels that the model knows.</summary>
    public IEnumerable<string> Offered(LabelKind kind) =>
        Vocabulary.OfToday.Names(kind).Where(name => Thresholds?.Of(Key(kind), name) is not null);

    /// <summary>The labels of the vocabulary that it does not know.</summary>
    public IReadOnlyList<string> Untold(LabelKind kind) => [.. Vocabulary.OfToday.Names(kind).Except(Offered(kind))];

    /// <summary>None where another model made the vector.</summary>
    public Task<PictureLabels> OfAsync(
        string? name,
        string? revision,
        ReadOnlyMemory<float> embedding,
        VisualFeatures? visual,
        CancellationToken cancellation
    ) => name == model.Name && revision == model.Revision ? OfAsync(embedding, visual, cancellation) : Task.FromResult(PictureLabels.None);

    /// <param name="embedding">In the space shared with text; nothing is known of an empty one.</param>
    /// <param name="visual">What its pixels tell, where that is known.</param>
    public async Task<PictureLabels> OfAsync(ReadOnlyMemory<float> embedding, VisualFeatures? visual, CancellationToken cancellation)
    {
        if (Thresholds is not { } thresholds || embedding.IsEmpty)
        {
            return PictureLabels.None;
        }

        var vectors = known ?? await MakeAsync(thresholds, cancellation);
        var (styleNames, styles) = CertaintiesOf(vectors, LabelKind.Style, embedding.Span, thresholds);
        StyleRules.Apply(styleNames, styles, visual);
        var (names, things) = CertaintiesOf(vectors, LabelKind.Objects, embedding.Span, thresholds);
        return new PictureLabels(
            Found(LabelKind.Style, styleNames, styles, thresholds).Select(style => (FoundLabel?)style).FirstOrDefault(),
            [.. Found(LabelKind.Objects, names, things, thresholds).Take(MostObjects)]
        );
    }

    public void Dispose() => making.Dispose();

    private static string Key(LabelKind kind) => kind == LabelKind.Style ? "style" : "objects";

    private static (IReadOnlyList<string> Names, float[] Certainties) CertaintiesOf(
        Dictionary<LabelKind, LabelVectors> vectors,
        LabelKind kind,
        ReadOnlySpan<float> picture,
        LabelThresholds thresholds
    ) =>
        IsByHead(kind, thresholds)
            ? ([.. thresholds.StyleHead.Keys], StyleHead.Certainties(picture, thresholds.StyleHead.Values))
            : ([.. vectors[kind].Labels.Select(label => label.Name)], vectors[kind].Certainties(picture, thresholds.Scale));

    /// <summary>Those that reach their thresholds, the surest first.</summary>
    private static IEnumerable<FoundLabel> Found(
        LabelKind kind,
        IReadOnlyList<string> names,
        float[] certainties,
        LabelThresholds thresholds
    ) =>
        names
            .Select((name, place) => new FoundLabel(name, certainties[place]))
            .Where(label => label.Certainty >= thresholds.Of(Key(kind), label.Name))
            .OrderByDescending(label => label.Certainty);

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
