using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Memory;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Imaging.Decoders;

namespace Serverless.Api;

/// <summary>
/// Vectors of parts of pictures, taken from the originals: a thumbnail has too little of a small part. Few are made at a time, because an
/// original may be large; those of stored images are kept for a while.
/// </summary>
internal sealed class RegionVectors(
    StoredContent content,
    ImageReader reader,
    IEmbeddingGenerator<CheckedImage, ImageEmbedding> images,
    EmbeddingModel model
) : IDisposable
{
    /// <summary>Enough for any model.</summary>
    private const int MostSide = 1024;

    private const int LeastSide = 512;
    private const int LeastPixels = 8;
    private const int AtOnce = 2;
    private const int MostKept = 1000;

    private readonly SemaphoreSlim room = new(AtOnce);
    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = MostKept });

    /// <summary>The part as a picture of its own.</summary>
    /// <exception cref="ProblemException">It has too few pixels.</exception>
    public async Task<CheckedImage> CropAsync(CheckedImage image, ImageRegion region, CancellationToken cancellation)
    {
        if (region.Width * image.Width < LeastPixels || region.Height * image.Height < LeastPixels)
        {
            throw ProblemException.Invalid($"'region' has less than {LeastPixels} pixels on a side: choose a larger one.");
        }

        await room.WaitAsync(cancellation);
        try
        {
            var png = await OwnThread.RunAsync(() => Crop(image, region.Box));
            var check = await reader.CheckAsync(png, DecodeTimeout.Interactive(cancellation));
            return check.Image ?? throw ProblemException.NotAnImage($"'region': {check.Reason}");
        }
        catch (UndecodableException error)
        {
            throw ProblemException.NotAnImage($"'region': {error.Message}");
        }
        finally
        {
            room.Release();
        }
    }

    /// <summary>The vector of a part of a stored image.</summary>
    public async Task<ReadOnlyMemory<float>> OfAsync(
        ImageRecord record,
        ImageRegion region,
        EmbeddingTally tally,
        CancellationToken cancellation
    )
    {
        var key = (record.Sha256, model.Name, model.Revision, region);
        if (kept.TryGetValue(key, out ReadOnlyMemory<float> known))
        {
            return known;
        }

        var part = await CropAsync(await content.OriginalAsync(record, cancellation), region, cancellation);
        var vector = tally.Add((await images.GenerateAsync([part], EmbeddingPriority.Query, cancellation))[0]).Vector;
        kept.Set(key, vector, new MemoryCacheEntryOptions { Size = 1 });
        return vector;
    }

    public void Dispose()
    {
        kept.Dispose();
        room.Dispose();
    }

    private static byte[] Crop(CheckedImage image, ContentBox box)
    {
        var share = Math.Min((box.Right - box.Left) * image.Width, (box.Bottom - box.Top) * image.Height);
        var scale = Math.Min(1, LeastSide / share);
        var pixels = box.Cut(image.Pixels((int)Math.Ceiling(scale * Math.Min(image.Width, image.Height))));
        return PixelsPng.Of(pixels, MostSide);
    }
}
