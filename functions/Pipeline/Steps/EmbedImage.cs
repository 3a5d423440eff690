using Microsoft.Extensions.AI;
using Serverless.Duplicates;
using Serverless.Embeddings;
using Serverless.Features;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Imaging.Decoders;
using Serverless.Imaging.Metadata;

namespace Serverless.Pipeline.Steps;

/// <summary>Computes a decoded image's stored features: vectors, fingerprint, colours and composition, metadata.</summary>
internal sealed class EmbedImage(
    IEmbeddingGenerator<CheckedImage, ImageEmbedding> embedder,
    ImageReader reader,
    CopyVectors copyVectors,
    ImageMetadata metadata,
    EmbeddingModel model
)
{
    /// <summary>The model that makes the vectors.</summary>
    public EmbeddingModel Model => model;

    /// <summary>The upload with its features, or with the reason it has none; an upload without an image is returned unchanged.</summary>
    public async Task<Upload> RunAsync(Upload upload, CancellationToken cancellation)
    {
        if (upload.Image is not { } image)
        {
            return upload;
        }

        try
        {
            return upload with { Features = await RunAsync(image, cancellation) };
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
    public async Task<ImageFeatures> RunAsync(CheckedImage image, CancellationToken cancellation)
    {
        var embedding = (await embedder.GenerateAsync([image], cancellationToken: cancellation))[0];
        var fingerprint = reader.Fingerprint(image);
        var vectors = await copyVectors.OfAsync(image, fingerprint, embedding, cancellation);
        return new ImageFeatures(
            model,
            embedding.Vector,
            vectors.CopyDescriptor ?? default,
            vectors.Turned,
            fingerprint,
            PictureAnalysis.Of(image),
            metadata.Of(image)
        );
    }
}
