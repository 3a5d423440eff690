using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Embeddings;
using Serverless.Imaging;
using Serverless.Startup;
using Serverless.Storage;

namespace Serverless.Calibration;

/// <summary>The verb <c>calibrate</c>. Reads images and changes nothing but the file that it is told to write.</summary>
internal static class CalibrateCommand
{
    public const string Verb = "calibrate";

    public static async Task<int> RunAsync(string[] words)
    {
        var (arguments, fault) = CalibrateArguments.Parse(words);
        if (arguments is null)
        {
            await Console.Error.WriteLineAsync($"{fault}\n{CalibrateArguments.Usage}");
            return 2;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        try
        {
            return await RunAsync(arguments, null, Console.Out, Console.Error, stop.Token);
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
        catch (RequestFailedException error)
        {
            await Console.Error.WriteLineAsync(
                $"The container '{arguments.Container}' cannot be read: {error.ErrorCode ?? error.Message.Split('\n')[0]}. Check AzureWebJobsStorage and --container."
            );
            return 1;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException || StartRefusal.SentenceOf(error) is not null)
        {
            await Console.Error.WriteLineAsync(StartRefusal.SentenceOf(error) ?? error.Message);
            return 1;
        }
    }

    /// <summary>The same with settings that go before the environment's.</summary>
    public static async Task<int> RunAsync(
        CalibrateArguments arguments,
        IReadOnlyDictionary<string, string?>? settings,
        TextWriter output,
        TextWriter errors,
        CancellationToken cancellation
    )
    {
        await using var services = Services(settings ?? new Dictionary<string, string?>());
        var model = services.GetRequiredService<EmbeddingModel>();
        var pictures = arguments.Folder is { } folder
            ? FolderPictures(folder)
            : await BlobPicturesAsync(services, arguments.Container, cancellation);
        new Random(arguments.Seed).Shuffle(pictures);
        await output.WriteLineAsync($"Model {model.Name}. {pictures.Length:N0} files; copies are made of up to {arguments.Sample:N0}.");

        var sample = services.GetRequiredService<CalibrationSample>();
        var candidates = new ConcurrentQueue<(int Turn, SampledPicture Picture)>(pictures.Take(arguments.Sample * 2).Index());
        await Parallel.ForAsync(
            0,
            arguments.Sample,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation },
            async (_, token) =>
            {
                var isAdded = false;
                while (!isAdded && candidates.TryDequeue(out var next))
                {
                    isAdded = await sample.TryAddAsync(next.Picture.Name, next.Picture.ReadAsync, arguments.Seed + 1 + next.Turn, token);
                }

                if (isAdded && sample.Pictures % 20 == 0)
                {
                    await errors.WriteLineAsync($"{sample.Pictures} pictures");
                }
            }
        );
        if (sample.Pictures < 2)
        {
            await errors.WriteLineAsync("There are fewer than two usable pictures: name a container or folder that has more.");
            return 1;
        }

        var confirm = services.GetRequiredService<IOptions<DuplicateOptions>>().Value.Confirm;
        var pairs = await sample.PairsAsync(cancellation);
        var calibration = new Calibration(pairs);
        var recommendation = calibration.Recommend(arguments.FalseQuarantine, confirm);
        CalibrationReport.Print(output, pairs, calibration, recommendation, arguments, confirm);
        if (arguments.Write is { } file)
        {
            ThresholdFile.Write(file, recommendation, model);
            await output.WriteLineAsync($"Written to {file}.");
        }

        return 0;
    }

    private sealed record SampledPicture(string Name, Func<CancellationToken, Task<ReadOnlyMemory<byte>>> ReadAsync);

    private static SampledPicture[] FolderPictures(string folder) =>
        [
            .. Directory
                .GetFiles(folder, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file => new SampledPicture(
                    Path.GetRelativePath(folder, file),
                    async cancellation => await File.ReadAllBytesAsync(file, cancellation)
                )),
        ];

    private static async Task<SampledPicture[]> BlobPicturesAsync(
        ServiceProvider services,
        string container,
        CancellationToken cancellation
    )
    {
        var client = services.GetRequiredService<BlobServiceClient>().GetBlobContainerClient(container);
        var most = services.GetRequiredService<IOptions<ImageLimits>>().Value.MaxBytes;
        var pictures = new List<SampledPicture>();
        await foreach (var blob in client.GetBlobsAsync(cancellationToken: cancellation))
        {
            if (blob.Properties.ContentLength <= most)
            {
                pictures.Add(new SampledPicture(blob.Name, token => ReadAsync(client.GetBlobClient(blob.Name), token)));
            }
        }

        return [.. pictures];
    }

    /// <summary>Nothing where the blob was deleted or moved since it was listed: that is no picture.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(BlobClient blob, CancellationToken cancellation)
    {
        try
        {
            return (await blob.DownloadContentAsync(cancellation)).Value.Content.ToMemory();
        }
        catch (RequestFailedException error) when (error.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return ReadOnlyMemory<byte>.Empty;
        }
    }

    private static ServiceProvider Services(IReadOnlyDictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton<IConfiguration>(configuration).AddSingleton(TimeProvider.System);
        services.AddImaging(configuration);
        services.AddEmbeddings(configuration);
        services.AddCalibration(configuration);
        services.AddSingleton<CalibrationSample>();
        if (configuration["AzureWebJobsStorage"] is { Length: > 0 } || configuration.GetSection("AzureWebJobsStorage").GetChildren().Any())
        {
            services.AddStorage(configuration);
        }
        else
        {
            services.AddSingleton<BlobServiceClient>(_ =>
                throw new SettingException(
                    "AzureWebJobsStorage is not set: give a connection string, or AzureWebJobsStorage__accountName for a managed identity, or name a --folder."
                )
            );
        }

        return services.BuildServiceProvider();
    }
}
