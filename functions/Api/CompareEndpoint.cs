using Serverless.Access;
using Serverless.Api.Description;
using Serverless.Duplicates;
using Serverless.Duplicates.Originals;
using Serverless.Images;
using Serverless.Imaging;

namespace Serverless.Api;

/// <summary>Two stored images; pictures come as a form.</summary>
/// <param name="A">The id of the first.</param>
/// <param name="B">The id of the second.</param>
internal sealed record CompareRequest(string? A = null, string? B = null);

/// <summary>The duplicate check's result for two images.</summary>
/// <param name="Similarity">Cosine of the vectors that the duplicate check compares.</param>
/// <param name="Verdict">Copy if either image would be moved because of the other.</param>
/// <param name="Evidence">The reasons.</param>
/// <param name="Summary">What the two share and what differs, in an English sentence; only what is certain.</param>
/// <param name="Facts">The same as codes, for other languages: first what they share, then what differs.</param>
internal sealed record CompareReply(double Similarity, Verdict Verdict, Evidence Evidence, string Summary, IReadOnlyList<PairFact> Facts);

/// <summary>Decides whether two images would be called duplicates, and why.</summary>
internal sealed class CompareEndpoint(UploadedPair uploaded, StoredPair stored, DuplicatePolicy policy, PairComparison comparison)
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                "/compare",
                (HttpRequest request, CompareEndpoint endpoint, CancellationToken cancellation) => endpoint.PostAsync(request, cancellation)
            )
            .Needs(Role.Search)
            .WithName("compare")
            .WithSummary("Compares two images (multipart a and b) or two stored ones (JSON {a, b} with ids).")
            .WithDescription(
                "The verdict is copy if either image would be moved because of the other. Look-alikes are compared in full "
                    + "detail, original with original; "
                    + "evidence.differences lists the places where they differ, as shares of a (leftA, topA, widthA, heightA) and of b."
            )
            .Takes<CompareRequest>([RequestBodies.Json, RequestBodies.Form], "a", "b")
            .WorksOnPictures()
            .Produces<CompareReply>()
            .ProducesProblem(400)
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(413)
            .ProducesProblem(415)
            .ProducesProblem(422);

    private async Task<CompareReply> PostAsync(HttpRequest request, CancellationToken cancellation)
    {
        var (a, b) =
            request.HasFormContentType ? await uploaded.ReadAsync(request, cancellation)
            : request.HasJsonContentType() ? await stored.ReadAsync(request, cancellation)
            : throw ProblemException.Unsupported("Send multipart/form-data with the images 'a' and 'b', or application/json with two ids.");
        return await RunAsync(a, b, cancellation);
    }

    public async Task<CompareReply> RunAsync(ComparedImage a, ComparedImage b, CancellationToken cancellation)
    {
        var pair = policy.Compare(a.Subject, b.Subject);
        if (pair.IsOfSieve)
        {
            pair = await comparison.JudgeAsync(
                a.Original,
                b.Original,
                pair,
                a.Subject.Turned.Any(turned => turned.Turn != ImageOrientation.Upright),
                cancellation
            );
        }

        var facts = PairFacts.Of(a.Look, b.Look, pair.Verdict, pair.Evidence);
        return new CompareReply(pair.Similarity, pair.Verdict, pair.Evidence, PairSummary.Of(facts), facts);
    }
}
