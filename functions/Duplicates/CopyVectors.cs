using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using NetVips;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Imaging;

namespace Serverless.Duplicates;

/// <summary>The vectors of one picture for the near-duplicate search.</summary>
/// <param name="CopyDescriptor">The vector trained for copies, if the model has one, of the content inside a border, if any.</param>
/// <param name="Turned">Further vectors to search by: of the turned picture, and of whichever of whole and content is not stored
/// otherwise.</param>
internal sealed record PictureVectors(ReadOnlyMemory<float>? CopyDescriptor, IReadOnlyList<TurnedVector> Turned);

/// <summary>
/// Computes the vectors that the near-duplicate search needs besides that of the whole picture. A picture with a border is embedded again
/// without it: a wide border changes a vector more than a different picture would.
/// </summary>
internal sealed class CopyVectors(
    ImageReader reader,
    IEmbeddingGenerator<CheckedImage, ImageEmbedding> embedder,
    OrientationVariants turnedPictures,
    IOptions<ImageDecoding> decoding
)
{
    /// <summary>More than any model looks at.</summary>
    private const int MostSide = 1024;

    public async Task<PictureVectors> OfAsync(
        CheckedImage image,
        Fingerprint fingerprint,
        ImageEmbedding whole,
        CancellationToken cancellation,
        EmbeddingGenerationOptions? options = null
    )
    {
        var turned = await turnedPictures.VectorsAsync(image, cancellation);
        if (fingerprint.Box is not { } box || Content(image, box) is not { } content)
        {
            return new PictureVectors(whole.CopyDescriptor, turned);
        }

        var embedding = (await embedder.GenerateAsync([content], options, cancellation))[0];
        return new PictureVectors(
            embedding.CopyDescriptor,
            [new TurnedVector(ImageOrientation.Upright, whole.CopyDescriptor ?? embedding.Vector), .. turned]
        );
    }

    /// <summary>The content inside the border, as a separate picture.</summary>
    private CheckedImage? Content(CheckedImage image, ContentBox box)
    {
        var share = Math.Min(box.Right - box.Left, box.Bottom - box.Top);
        var pixels = box.Cut(image.Pixels((int)Math.Min(ImageDecoding.All, decoding.Value.ShortSide / share)));
        using var raw = Image.NewFromMemory(pixels.Rgb, pixels.Width, pixels.Height, 3, Enums.BandFormat.Uchar);
        using var picture = raw.Copy(interpretation: Enums.Interpretation.Srgb);
        using var small = picture.ThumbnailImage(MostSide, height: MostSide, size: Enums.Size.Down);
        return reader.Check(small.PngsaveBuffer(compression: 1)).Image;
    }
}
