using System.Collections.Concurrent;
using Azure.Storage.Blobs;
using Local.Calibration.Words;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Embeddings;
using Serverless.Imaging;
using Serverless.Storage;

namespace Local.Calibration;

/// <summary>Samples pictures and recommends thresholds. It only reads images, and writes only the given file.</summary>
internal sealed class CalibrationRun(CalibrationRequest request, Screen output, Screen errors)
{
    /// <param name="settings">Settings that override the environment's.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyDictionary<string, string?> settings, CancellationToken cancellation)
    {
        await using var services = CalibrationServices.Build(settings);
        var model = services.GetRequiredService<EmbeddingModel>();
        var pictures = await PicturesAsync(services, cancellation);
        new Random(request.Seed).Shuffle(pictures);
        output.WriteLine($"Model {model.Name}. {pictures.Length:N0} files; sampling up to {request.Sample:N0}.");

        var sample = services.GetRequiredService<CalibrationSample>();
        await SampleProgress.ShowAsync(errors, request.Sample, taken => TakeAsync(sample, pictures, taken, cancellation));
        if (sample.Pictures < 2)
        {
            errors.WriteLine("There are fewer than two usable pictures: name a container or folder with more.");
            return 1;
        }

        var duplicates = services.GetRequiredService<IOptions<DuplicateOptions>>().Value;
        var confirm = duplicates.Confirm;
        var pairs = await sample.PairsAsync(cancellation);
        var figures = new PrecisionRecall(pairs);
        var recommendation = figures.Recommend(request.FalseQuarantine, confirm);
        new CalibrationReport(pairs, recommendation, confirm).Print(output, figures, request.FalseQuarantine);
        output.WriteLine(string.Empty);
        var words = await new WordCalibration(services, output).MeasureAsync(pictures, request.Folder is not null, cancellation);
        if (request.Write is { } file)
        {
            ThresholdFile.Write(file, recommendation, model, words);
            output.WriteLine($"Written to {file}. Restart the app; where labels changed, POST /api/reconcile gives images theirs anew.");
            if (Path.GetFileName(file) == ModelThresholds.FileName && duplicates.Threshold is not null)
            {
                output.WriteLine("Duplicates__Threshold is set, and goes before the model's: remove it.");
            }
        }

        return 0;
    }

    private async Task<SamplePicture[]> PicturesAsync(IServiceProvider services, CancellationToken cancellation) =>
        request.Folder is { } folder
            ? SamplePictures.Of(folder, request.IsFlat)
            : await SamplePictures.OfAsync(
                services.GetRequiredService<BlobServiceClient>().GetBlobContainerClient(request.Container),
                services.GetRequiredService<IOptions<ImageLimits>>().Value.MaxBytes,
                cancellation
            );

    /// <summary>Twice the sample size, to allow for unusable files.</summary>
    private async Task TakeAsync(CalibrationSample sample, SamplePicture[] pictures, IProgress<int> taken, CancellationToken cancellation)
    {
        var candidates = new ConcurrentQueue<(int Turn, SamplePicture Picture)>(pictures.Take(request.Sample * 2).Index());
        await Parallel.ForAsync(
            0,
            request.Sample,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation },
            async (_, token) =>
            {
                var isAdded = false;
                while (!isAdded && candidates.TryDequeue(out var next))
                {
                    isAdded = await sample.TryAddAsync(next.Picture.Name, next.Picture.ReadAsync, request.Seed + 1 + next.Turn, token);
                }

                if (isAdded)
                {
                    taken.Report(sample.Pictures);
                }
            }
        );
    }
}
