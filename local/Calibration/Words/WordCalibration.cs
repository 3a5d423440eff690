using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Azure;
using Local.Calibration.Labels;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Embeddings;
using Serverless.Imaging;
using Serverless.Imaging.Metadata;

namespace Local.Calibration.Words;

/// <param name="Text">When words match a picture; null if there are too few pictures to tell.</param>
/// <param name="Labels">Null if no label is said of enough pictures.</param>
internal sealed record WordThresholds(TextClarity? Text, LabelMeasurement? Labels);

/// <summary>Measures what the model makes of words, on the user's own pictures.</summary>
internal sealed class WordCalibration(IServiceProvider services, Screen output)
{
    private const int MostPictures = 500;

    public async Task<WordThresholds> MeasureAsync(IReadOnlyList<SamplePicture> pictures, bool isFolder, CancellationToken cancellation)
    {
        var seen = await SeenAsync(pictures, cancellation);
        var thresholds = new WordThresholds(
            await NoMatchAsync(seen, cancellation),
            await LabelsAsync(isFolder ? seen : await RecordedAsync(cancellation), cancellation)
        );
        Print(thresholds, seen.Count);
        return thresholds;
    }

    /// <summary>None in an account that the app has not used.</summary>
    private async Task<IReadOnlyList<SaidPicture>> RecordedAsync(CancellationToken cancellation)
    {
        try
        {
            return await SaidPictures.OfLedgerAsync(services, LabelRun.MostPictures, cancellation);
        }
        catch (RequestFailedException error) when (error.Status == (int)HttpStatusCode.NotFound)
        {
            return [];
        }
    }

    private async Task<TextClarity?> NoMatchAsync(List<SaidPicture> seen, CancellationToken cancellation)
    {
        if (seen.Count < NoMatch.LeastPictures)
        {
            return null;
        }

        var generator = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        var texts = await generator.GenerateAsync(NoMatch.Texts, cancellationToken: cancellation);
        return NoMatch.Of([.. seen.Select(picture => picture.Vector)], [.. texts.Select(text => text.Vector)]);
    }

    private async Task<LabelMeasurement?> LabelsAsync(IReadOnlyList<SaidPicture> pictures, CancellationToken cancellation)
    {
        var said = pictures.Where(picture => picture.Said.Count > 0).ToList();
        if (said.Count < 2 * LabelCalibration.Right)
        {
            return null;
        }

        var measured = await LabelMeasurement.OfAsync(said, services, cancellation);
        return measured.Figures.Count > 0 ? measured : null;
    }

    /// <summary>Vectors of the pictures, and what their folders and keywords say of them.</summary>
    private async Task<List<SaidPicture>> SeenAsync(IReadOnlyList<SamplePicture> pictures, CancellationToken cancellation)
    {
        var (reader, metadata) = (services.GetRequiredService<ImageReader>(), services.GetRequiredService<ImageMetadata>());
        var embedder = services.GetRequiredService<IEmbeddingGenerator<CheckedImage, ImageEmbedding>>();
        var seen = new ConcurrentDictionary<string, SaidPicture>();
        await Parallel.ForEachAsync(
            pictures.Take(MostPictures),
            cancellation,
            async (picture, token) =>
            {
                if (reader.Check(await picture.ReadAsync(token)).Image is { } image)
                {
                    var said = SaidPictures.SaidOf(picture, metadata.Of(image));
                    var made = await embedder.GenerateAsync([image], cancellationToken: token);
                    seen.TryAdd(image.Sha256, new SaidPicture(said, made[0].Vector));
                }
            }
        );
        return [.. seen.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value)];
    }

    private void Print(WordThresholds thresholds, int seen)
    {
        output.WriteLine(
            thresholds.Text is { } text
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"Words match from a cosine of {text.Similarity:0.###}, or {text.Lead:0.###} ahead of the tenth: of "
                        + $"{NoMatch.Texts.Count} texts that describe nothing, 2 % reach either ({seen} pictures)."
                )
                : $"When words match nothing is not measured: that takes {NoMatch.LeastPictures} pictures, and there are {seen}."
        );
        output.WriteLine(
            thresholds.Labels is { } labels
                ? $"{labels.Told} of {labels.Figures.Count} labels that are said of your pictures are told; calibrate --tags lists them."
                : $"Labels are not measured: none is said of {2 * LabelCalibration.Right} pictures, by tags, keywords or folders."
        );
    }
}
