using Microsoft.Extensions.AI;
using Serverless.Access;
using Serverless.Duplicates;
using Serverless.Duplicates.Originals;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Ledger;

namespace Serverless.Api;

internal sealed record CompareRequest(string? A = null, string? B = null);

internal sealed record CompareReply(double Similarity, Verdict Verdict, Evidence Evidence);

/// <summary>Would these two be called duplicates, and why?</summary>
internal sealed class CompareEndpoint(
    RequestBody body,
    ImageReader reader,
    IEmbeddingGenerator<CheckedImage, ImageEmbedding> images,
    ImageLedger ledger,
    DuplicatePolicy policy,
    CopyVectors copyVectors,
    OriginalReader originals,
    PairComparison comparison,
    EmbeddingModel model
)
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                "/compare",
                (HttpRequest request, CompareEndpoint endpoint, CancellationToken cancellation) => endpoint.PostAsync(request, cancellation)
            )
            .Needs(Role.Search)
            .WithName("Compare")
            .WithSummary("Compares two images (multipart a and b) or two stored ones (JSON {a, b} with ids).")
            .WithDescription(
                "The verdict is copy where one of the two would be moved because of the other. What looks alike is compared in full "
                    + "detail, original with original; "
                    + "evidence.differences has the places where they differ, as shares of a (leftA, topA, widthA, heightA) and of b."
            )
            .Accepts<CompareRequest>("application/json", "multipart/form-data")
            .WorksOnPictures()
            .Produces<CompareReply>()
            .ProducesProblem(400)
            .ProducesProblem(404)
            .ProducesProblem(413)
            .ProducesProblem(415)
            .ProducesProblem(422);

    private async Task<CompareReply> PostAsync(HttpRequest request, CancellationToken cancellation)
    {
        var (a, b) =
            request.HasFormContentType ? await UploadedAsync(request, cancellation)
            : request.HasJsonContentType() ? await StoredAsync(request, cancellation)
            : throw Refusal.Unsupported("Send multipart/form-data with the images 'a' and 'b', or application/json with two ids.");
        var pair = policy.Compare(a.Subject, b.Subject);
        if (pair.IsOfSieve)
        {
            pair = await comparison.JudgeAsync(
                a.Original,
                b.Original,
                pair,
                a.Subject.Turned.Any(turned => turned.Turn != Turn.Upright),
                cancellation
            );
        }

        return new CompareReply(pair.Similarity, pair.Verdict, pair.Evidence);
    }

    private async Task<(Side A, Side B)> UploadedAsync(HttpRequest request, CancellationToken cancellation)
    {
        var form = await RequestBody.FormAsync(request, cancellation);
        return (await SideAsync(form, "a", cancellation), await SideAsync(form, "b", cancellation));
    }

    private async Task<Side> SideAsync(IFormCollection form, string field, CancellationToken cancellation)
    {
        var image = await body.ImageAsync(form, field, cancellation) ?? throw Refusal.Invalid($"The image '{field}' is missing.");
        var embedding = (await images.GenerateAsync([image], EmbeddingPriority.Query, cancellation))[0];
        var fingerprint = reader.Fingerprint(image);
        var vectors = await copyVectors.OfAsync(image, fingerprint, embedding, cancellation, EmbeddingPriority.Query);
        return new Side(
            new Subject(image.Sha256, vectors.Instance ?? embedding.Vector, fingerprint) { Turned = vectors.Turned },
            Original.Of(image)
        );
    }

    private async Task<(Side A, Side B)> StoredAsync(HttpRequest request, CancellationToken cancellation)
    {
        var ids = await RequestBody.JsonAsync<CompareRequest>(request, cancellation);
        return (await SideAsync(ids.A, "a", cancellation), await SideAsync(ids.B, "b", cancellation));
    }

    private async Task<Side> SideAsync(string? id, string field, CancellationToken cancellation)
    {
        var record = await ImagesEndpoint.RecordAsync(id ?? throw Refusal.Invalid($"'{field}' is missing."), ledger, cancellation);
        return record.Fingerprint is { } fingerprint
            ? new Side(
                new Subject(record.Sha256!, QueryVectors.OfModel(record, model).CopyVector, fingerprint) { Turned = record.Turned },
                originals.Of(record)
            )
            : throw Refusal.Conflict($"The file '{field}' was rejected, or waits to be embedded; there is nothing to compare.");
    }

    /// <summary>One of the two.</summary>
    private sealed record Side(Subject Subject, Original Original);
}
