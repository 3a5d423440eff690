using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Imaging;

namespace Serverless.Duplicates;

/// <summary>Embeds a picture in every way that it may have been turned, where that is asked for.</summary>
internal sealed class OrientationVariants(
    ImageReader reader,
    IEmbeddingGenerator<CheckedImage, ImageEmbedding> embedder,
    IOptions<DuplicateOptions> options,
    IOptions<ImageDecoding> decoding
)
{
    /// <summary>More than any model looks at; a picture is made no larger.</summary>
    private const int MostSide = 1024;

    /// <summary>The ways to turn a picture by these settings; each costs an embedding.</summary>
    public static ImageOrientation[] TurnsOf(DuplicateOptions options) =>
        options.FindTurned switch
        {
            DuplicateOptions.Rotated => ImageOrientationExtensions.Rotations,
            DuplicateOptions.RotatedAndMirrored => ImageOrientationExtensions.RotationsAndMirrors,
            _ => [],
        };

    /// <summary>Its vectors, none where <c>Duplicates:FindTurned</c> is <c>none</c>.</summary>
    public async Task<IReadOnlyList<TurnedVector>> VectorsAsync(CheckedImage image, CancellationToken cancellation)
    {
        var turns = TurnsOf(options.Value);
        if (turns.Length == 0)
        {
            return [];
        }

        var turned = new List<(ImageOrientation Turn, CheckedImage Image)>();
        foreach (var (turn, png) in turns.Zip(PixelsPng.Turned(image.Pixels(decoding.Value.ShortSide), MostSide, turns)))
        {
            if (reader.Check(png).Image is { } readable)
            {
                turned.Add((turn, readable));
            }
        }

        var embeddings = await embedder.GenerateAsync(turned.Select(item => item.Image), cancellationToken: cancellation);
        return [.. turned.Zip(embeddings, (item, embedding) => new TurnedVector(item.Turn, embedding.CopyDescriptor ?? embedding.Vector))];
    }
}
