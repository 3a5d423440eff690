using Microsoft.Extensions.AI;
using Serverless.Duplicates;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Imaging.Decoders;

namespace Serverless.Pipeline.Steps;

/// <summary>Makes the vectors and the fingerprint of a decoded image.</summary>
internal sealed class EmbedImage(
    IEmbeddingGenerator<CheckedImage, ImageEmbedding> embedder,
    ImageReader reader,
    CopyVectors copyVectors,
    EmbeddingModel model
)
{
    /// <summary>The upload with vectors, or with why it has none; one without an image as it is.</summary>
    public async Task<Upload> RunAsync(Upload upload, CancellationToken cancellation)
    {
        if (upload.Image is not { } image)
        {
            return upload;
        }

        try
        {
            return upload with { Vectors = await RunAsync(image, cancellation) };
        }
        catch (Exception refusal) when (refusal is EmbeddingRefusedException or UndecodableException)
        {
            return upload with { Rejection = refusal.Message };
        }
        catch (EmbeddingUnavailableException outage)
        {
            return upload with { Deferral = new Deferral(outage.Message, outage.RetryAfter, DeferImage.Longest) };
        }
    }

    /// <exception cref="EmbeddingRefusedException">The model never embeds this picture.</exception>
    /// <exception cref="EmbeddingUnavailableException">The model cannot be reached.</exception>
    public async Task<ImageVectors> RunAsync(CheckedImage image, CancellationToken cancellation)
    {
        var embedding = (await embedder.GenerateAsync([image], cancellationToken: cancellation))[0];
        var fingerprint = reader.Fingerprint(image);
        var vectors = await copyVectors.OfAsync(image, fingerprint, embedding, cancellation);
        return new ImageVectors(model, embedding.Vector, vectors.Instance ?? default, vectors.Turned, fingerprint);
    }
}
