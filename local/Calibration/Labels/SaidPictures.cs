using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Imaging.Metadata;
using Serverless.Ledger;

namespace Local.Calibration.Labels;

/// <summary>Pictures of which something is said.</summary>
internal static class SaidPictures
{
    /// <summary>From the records of live images: their vectors are there already.</summary>
    public static async Task<List<SaidPicture>> OfLedgerAsync(IServiceProvider services, int most, CancellationToken cancellation)
    {
        var model = services.GetRequiredService<EmbeddingModel>();
        var pictures = new List<SaidPicture>();
        await foreach (var record in services.GetRequiredService<ImageLedger>().RecordsAsync(null, cancellation))
        {
            var said = SaidOf(record.Path.Name, [.. record.Tags, .. record.Metadata?.Keywords ?? []]);
            if (record.IsLive && said.Count > 0 && model.Made(record) && !record.Embedding.IsEmpty)
            {
                pictures.Add(new SaidPicture(said, record.Embedding));
            }

            if (pictures.Count == most)
            {
                break;
            }
        }

        return pictures;
    }

    /// <summary>From files, each of which is embedded.</summary>
    public static async Task<List<SaidPicture>> OfFolderAsync(
        IServiceProvider services,
        string folder,
        int most,
        IProgress<int> taken,
        CancellationToken cancellation
    )
    {
        var (reader, metadata) = (services.GetRequiredService<ImageReader>(), services.GetRequiredService<ImageMetadata>());
        var embedder = services.GetRequiredService<IEmbeddingGenerator<CheckedImage, ImageEmbedding>>();
        var files = SamplePictures.Of(folder);
        new Random(1).Shuffle(files);
        var pictures = new List<SaidPicture>();
        foreach (var file in files)
        {
            if (pictures.Count == most)
            {
                break;
            }

            if (reader.Check(await file.ReadAsync(cancellation)).Image is { } image)
            {
                var said = SaidOf(file, metadata.Of(image));
                if (said.Count > 0)
                {
                    var made = await embedder.GenerateAsync([image], cancellationToken: cancellation);
                    pictures.Add(new SaidPicture(said, made[0].Vector));
                    taken.Report(pictures.Count);
                }
            }
        }

        return pictures;
    }

    /// <summary>The words of a file's folders and keywords.</summary>
    public static List<string> SaidOf(SamplePicture file, EmbeddedMetadata? metadata) =>
        SaidOf(file.Name.Replace('\\', '/'), metadata?.Keywords ?? []);

    /// <summary>The words of folders, tags and keywords.</summary>
    private static List<string> SaidOf(string path, IEnumerable<string> words) =>
        [.. path.Split('/').SkipLast(1).Concat(words).Select(word => word.Replace('-', ' ').Replace('_', ' '))];
}
