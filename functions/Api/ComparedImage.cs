using Microsoft.Extensions.AI;
using Serverless.Duplicates;
using Serverless.Duplicates.Originals;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Ledger;

namespace Serverless.Api;

/// <summary>One of two compared images.</summary>
internal sealed record ComparedImage(Subject Subject, Original Original);

/// <summary>Two images from a request.</summary>
internal sealed class UploadedPair(
    RequestBody body,
    ImageReader reader,
    IEmbeddingGenerator<CheckedImage, ImageEmbedding> images,
    CopyVectors copyVectors
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
        return new ComparedImage(
            new Subject(image.Sha256, vectors.CopyDescriptor ?? embedding.Vector, fingerprint) { Turned = vectors.Turned },
            Original.Of(image)
        );
    }
}

/// <summary>Two images of the collection.</summary>
internal sealed class StoredPair(ImageLedger ledger, OriginalReader originals, EmbeddingModel model)
{
    public async Task<(ComparedImage A, ComparedImage B)> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var ids = await RequestBody.JsonAsync<CompareRequest>(request, cancellation);
        return (await ReadAsync(ids.A, "a", cancellation), await ReadAsync(ids.B, "b", cancellation));
    }

    private async Task<ComparedImage> ReadAsync(string? id, string field, CancellationToken cancellation) =>
        Of(await ImagesEndpoint.RecordAsync(id ?? throw ProblemException.Invalid($"'{field}' is missing."), ledger, cancellation), field);

    /// <exception cref="ProblemException">There is nothing to compare.</exception>
    public ComparedImage Of(ImageRecord record, string field) =>
        record.Fingerprint is { } fingerprint
            ? new ComparedImage(
                new Subject(record.Sha256!, QueryVectors.OfModel(record, model).CopyVector, fingerprint) { Turned = record.Turned },
                originals.Of(record)
            )
            : throw ProblemException.Conflict(
                $"The file '{field}' was rejected, or is waiting to be embedded; there is nothing to compare."
            );
}
