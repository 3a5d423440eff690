using Microsoft.Extensions.AI;
using Serverless.Categories;
using Serverless.Duplicates;
using Serverless.Duplicates.Originals;
using Serverless.Embeddings;
using Serverless.Features;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Labels;
using Serverless.Ledger;

namespace Serverless.Api;

/// <summary>One of two compared images.</summary>
internal sealed record ComparedImage(Duplicates.Subject Subject, Original Original, PictureLook Look);

/// <summary>Two images from a request.</summary>
internal sealed class UploadedPair(
    RequestBody body,
    ImageReader reader,
    IEmbeddingGenerator<CheckedImage, ImageEmbedding> images,
    CopyVectors copyVectors,
    Labeller labeller
)
{
    public async Task<(ComparedImage A, ComparedImage B)> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var form = await RequestBody.FormAsync(request, cancellation);
        return (await ReadAsync(form, "a", cancellation), await ReadAsync(form, "b", cancellation));
    }

    private async Task<ComparedImage> ReadAsync(IFormCollection form, string field, CancellationToken cancellation)
    {
        var image = await body.ImageAsync(form, field, cancellation) ?? throw ProblemException.Invalid($"The image '{field}' is missing.");
        var embedding = (await images.GenerateAsync([image], EmbeddingPriority.Query, cancellation))[0];
        var fingerprint = reader.Fingerprint(image);
        var vectors = await copyVectors.OfAsync(image, fingerprint, embedding, cancellation, EmbeddingPriority.Query);
        var visual = PictureAnalysis.Of(image);
        return new ComparedImage(
            new Duplicates.Subject(image.Sha256, vectors.CopyDescriptor ?? embedding.Vector, fingerprint) { Turned = vectors.Turned },
            Original.Of(image),
            new PictureLook(image.Width, image.Height, visual, await labeller.OfAsync(embedding.Vector, visual, cancellation))
        );
    }
}

/// <summary>Two images of the collection.</summary>
internal sealed class StoredPair(ImageLedger ledger, OriginalReader originals, Tagger tagger)
{
    public async Task<(ComparedImage A, ComparedImage B)> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var ids = await RequestBody.JsonAsync<CompareRequest>(request, cancellation);
        return (await ReadAsync(ids.A, "a", cancellation), await ReadAsync(ids.B, "b", cancellation));
    }

    private async Task<ComparedImage> ReadAsync(string? id, string field, CancellationToken cancellation) =>
        await OfAsync(
            await ImagesEndpoint.RecordAsync(id ?? throw ProblemException.Invalid($"'{field}' is missing."), ledger, cancellation),
            field,
            cancellation
        );

    /// <exception cref="ProblemException">There is nothing to compare.</exception>
    public async Task<ComparedImage> OfAsync(ImageRecord record, string field, CancellationToken cancellation) =>
        record.Fingerprint is { } fingerprint
            ? new ComparedImage(
                new Duplicates.Subject(record.Sha256!, QueryVectors.OfModel(record, tagger.Model).CopyVector, fingerprint)
                {
                    Turned = record.Turned,
                },
                originals.Of(record),
                new PictureLook(record.Width, record.Height, record.Visual, await tagger.OfAsync(record, cancellation))
            )
            : throw ProblemException.Conflict(
                $"The file '{field}' was rejected, or is waiting to be embedded; there is nothing to compare."
            );
}
