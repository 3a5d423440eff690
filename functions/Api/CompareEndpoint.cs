using Microsoft.Extensions.AI;
using Serverless.Access;
using Serverless.Duplicates;
using Serverless.Embeddings;
using Serverless.Imaging;
using Serverless.Ledger;

namespace Serverless.Api;

internal sealed record CompareRequest(string? A = null, string? B = null);

internal sealed record CompareReply(double Similarity, Verdict Verdict, Evidence Evidence);

/// <summary>Would these two be called duplicates, and why?</summary>
internal sealed class CompareEndpoint(
    RequestBody body, ImageReader reader, IEmbeddingGenerator<CheckedImage, ImageEmbedding> images, ImageLedger ledger, DuplicatePolicy policy, CopyVectors copyVectors,
    EmbeddingModel model)
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/compare", (HttpRequest request, CompareEndpoint endpoint, CancellationToken cancellation) => endpoint.PostAsync(request, cancellation))
        .Needs(Role.Search).WithName("Compare").WithSummary("Compares two images (multipart a and b) or two stored ones (JSON {a, b} with ids).")
        .Accepts<CompareRequest>("application/json", "multipart/form-data")
        .WorksOnPictures().Produces<CompareReply>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(413).ProducesProblem(415).ProducesProblem(422);

    private async Task<CompareReply> PostAsync(HttpRequest request, CancellationToken cancellation)
    {
        var (a, b) = request.HasFormContentType ? await UploadedAsync(request, cancellation)
            : request.HasJsonContentType() ? await StoredAsync(request, cancellation)
            : throw Refusal.Unsupported("Send multipart/form-data with the images 'a' and 'b', or application/json with two ids.");
        var pair = policy.Compare(a, b);
        return new CompareReply(pair.Similarity, pair.Verdict, pair.Evidence);
    }

    private async Task<(Subject A, Subject B)> UploadedAsync(HttpRequest request, CancellationToken cancellation)
    {
        var form = await RequestBody.FormAsync(request, cancellation);
        return (await SubjectAsync(form, "a", cancellation), await SubjectAsync(form, "b", cancellation));
    }

    private async Task<Subject> SubjectAsync(IFormCollection form, string field, CancellationToken cancellation)
    {
        var image = await body.ImageAsync(form, field, cancellation) ?? throw Refusal.Invalid($"The image '{field}' is missing.");
        var embedding = (await images.GenerateAsync([image], EmbeddingPriority.Query, cancellation))[0];
        var fingerprint = reader.Fingerprint(image);
        var vectors = await copyVectors.OfAsync(image, fingerprint, embedding, cancellation, EmbeddingPriority.Query);
        return new Subject(image.Sha256, vectors.Instance ?? embedding.Vector, fingerprint) { Turned = vectors.Turned };
    }

    private async Task<(Subject A, Subject B)> StoredAsync(HttpRequest request, CancellationToken cancellation)
    {
        var ids = await RequestBody.JsonAsync<CompareRequest>(request, cancellation);
        return (await SubjectAsync(ids.A, "a", cancellation), await SubjectAsync(ids.B, "b", cancellation));
    }

    private async Task<Subject> SubjectAsync(string? id, string field, CancellationToken cancellation)
    {
        var record = await ImagesEndpoint.RecordAsync(id ?? throw Refusal.Invalid($"'{field}' is missing."), ledger, cancellation);
        return record.Fingerprint is { } fingerprint
            ? new Subject(record.Sha256!, SearchEndpoint.OfModel(record, model).CopyVector, fingerprint) { Turned = record.Turned }
            : throw Refusal.Conflict($"The file '{field}' was rejected, or waits to be embedded; there is nothing to compare.");
    }
}
