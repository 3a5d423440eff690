using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Embeddings;

namespace Local.Calibration.Labels;

/// <summary>Measures the labels on the user's own pictures. It only reads images and records, and writes only the given file.</summary>
internal sealed class LabelRun(CalibrationRequest request, Screen output, Screen errors)
{
    public const int MostPictures = 10_000;

    /// <param name="settings">Settings that override the environment's.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyDictionary<string, string?> settings, CancellationToken cancellation)
    {
        await using var services = CalibrationServices.Build(settings);
        var model = services.GetRequiredService<EmbeddingModel>();
        var pictures = await PicturesAsync(services, cancellation);
        output.WriteLine($"Model {model.Name}. {pictures.Count:N0} pictures have tags, keywords or a folder's name.");

        var measured = await LabelMeasurement.OfAsync(pictures, services, cancellation);
        Print(measured);
        if (measured.Figures.Count == 0)
        {
            errors.WriteLine(
                $"No label of the vocabulary is said of {2 * LabelCalibration.Right} pictures or more: tag some, with the names in "
                    + "functions/Labels/vocabulary.txt."
            );
            return 1;
        }

        if (request.Write is { } file)
        {
            LabelFile.Write(file, measured);
            output.WriteLine($"Written to {file}. Restart the app, then POST /api/reconcile: images get their labels anew.");
        }

        return 0;
    }

    private async Task<List<SaidPicture>> PicturesAsync(IServiceProvider services, CancellationToken cancellation)
    {
        if (request.Folder is not { } folder)
        {
            return await SaidPictures.OfLedgerAsync(services, request.Sample, cancellation);
        }

        var pictures = new List<SaidPicture>();
        await SampleProgress.ShowAsync(
            errors,
            request.Sample,
            async taken => pictures = await SaidPictures.OfFolderAsync(services, folder, request.Sample, taken, cancellation)
        );
        return pictures;
    }

    private void Print(LabelMeasurement measured)
    {
        foreach (
            var label in measured
                .Figures.OrderByDescending(label => label.Threshold is not null)
                .ThenBy(label => label.Name, StringComparer.Ordinal)
        )
        {
            var threshold = label.Threshold?.ToString("0.###", CultureInfo.InvariantCulture) ?? "not told";
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{label.Name}\t{threshold}\tgiven {label.Given}\tright {label.Right}\t"
                        + $"precision {label.Precision:0.00}\tsaid of {label.Of}"
                )
            );
        }

        output.WriteLine(
            $"{measured.Told} of {measured.Figures.Count} labels that are said of your pictures are told; the others are never given."
        );
    }
}
