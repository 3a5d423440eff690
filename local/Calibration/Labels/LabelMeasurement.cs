using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Embeddings;
using Serverless.Labels;

namespace Local.Calibration.Labels;

/// <param name="Scale">What cosines are multiplied by.</param>
/// <param name="Figures">Every label that is said of enough pictures.</param>
internal sealed record LabelMeasurement(double Scale, IReadOnlyList<LabelFigures> Figures)
{
    /// <summary>
    /// Tried for models that have none: what they multiply cosines by is made for whole sentences, and too sure of words.
    /// </summary>
    private static readonly double[] Scales = [20, 34.25, 50, 75, 100];

    public int Told => Figures.Count(label => label.Threshold is not null);

    /// <summary>Measures the labels of today's vocabulary with the model in use.</summary>
    public static async Task<LabelMeasurement> OfAsync(
        IReadOnlyList<SaidPicture> pictures,
        IServiceProvider services,
        CancellationToken cancellation
    )
    {
        var texts = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        var vectors = new Dictionary<LabelKind, LabelVectors>();
        foreach (var kind in Enum.GetValues<LabelKind>())
        {
            vectors[kind] = await LabelVectors.OfAsync(
                [.. Vocabulary.OfToday.Labels.Where(label => label.Kind == kind)],
                texts,
                cancellation
            );
        }

        var labels = services.GetRequiredService<EmbeddingModel>().Thresholds.Labels;
        var calibration = new LabelCalibration(pictures, vectors, labels?.StyleHead ?? new Dictionary<string, float[]>());
        var (scale, figures) = calibration.Best(labels is null ? Scales : [labels.Scale]);
        return new LabelMeasurement(scale, figures);
    }
}
