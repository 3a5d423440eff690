using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using NetVips;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Imaging;

namespace Serverless.Duplicates;

/// <summary>The vectors of one picture for the near-duplicate search.</summary>
/// <param name="Instance">That trained for copies, where the model has one: of what lies within a border, where there is one.</param>
/// <param name="Turned">Others to search by: of the picture turned, and of the one of whole and content that is not kept otherwise.</param>
internal sealed record PictureVectors(ReadOnlyMemory<float>? Instance, IReadOnlyList<TurnedVector> Turned);

/// <summary>
/// Makes what the near-duplicate search needs besides the vector of the whole picture. A picture within a border is embedded once
/// more, without it: a wide border changes a vector more than another picture would.
/// </summary>
internal sealed class CopyVectors(
    ImageReader reader,
    IEmbeddingGenerator<CheckedImage, ImageEmbedding> embedder,
    TurnedPictures turnedPictures,
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
            return new PictureVectors(whole.Instance, turned);
        }

        var embedding = (await embedder.GenerateAsync([content], options, cancellation))[0];
        return new PictureVectors(embedding.Instance, [new TurnedVector(Turn.Upright, whole.Instance ?? embedding.Vector), .. turned]);
    }

    /// <summary>What lies within the border, as a picture of its own.</summary>
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
