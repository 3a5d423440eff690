using Serverless.Ledger;
using Serverless.Pipeline;

namespace Serverless.Api;

/// <summary>Two copies after they changed places.</summary>
/// <param name="Kept">The image that was in quarantine.</param>
/// <param name="Replaced">
/// The image that was kept. Its <c>status</c> is <c>quarantined</c>; while it cannot be moved it says otherwise, and its <c>reason</c> why.
/// </param>
internal sealed record SwapReply(ImageView Kept, ImageView Replaced);

/// <summary>A person's choice between two alike images.</summary>
internal static class ChoiceEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/duplicates/{id}/quarantine", QuarantineAsync)
            .WithName("quarantineLookAlike")
            .WithSummary("Moves a live look-alike to quarantine, as a copy of the image that it resembles.")
            .WithDescription("The choice is remembered for the pair. Restoring the image undoes it.")
            .Produces<ImageView>()
            .ProducesProblem(404)
            .ProducesProblem(409);
        routes
            .MapPost("/duplicates/{id}/swap", SwapAsync)
            .WithName("swapDuplicate")
            .WithSummary(
                "Keeps a quarantined image instead of the one that it was moved for: it goes back to its upload path, and the other one to "
                    + "quarantine."
            )
            .WithDescription(
                "The choice is remembered for the pair. Other images that were moved for the replaced one are linked to the new one where "
                    + "they are copies of it, and go back otherwise. Swapping the replaced image undoes it."
            )
            .Produces<SwapReply>()
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(410);
    }

    private static async Task<ImageView> QuarantineAsync(string id, CopyByChoice copies, ImageLedger ledger, CancellationToken cancellation)
    {
        var record = await ImagesEndpoint.RecordAsync(id, ledger, cancellation);
        var outcome = await copies.RunAsync(record.Id, cancellation);
        var now = await ImagesEndpoint.RecordAsync(id, ledger, cancellation);
        return outcome switch
        {
            CopyByChoiceOutcome.Moved => ImageView.Of(now) ?? throw ProblemException.Conflict("The image was moved and has changed since."),
            CopyByChoiceOutcome.NoLookAlike => throw ProblemException.Conflict("The image is not live, or resembles no other."),
            CopyByChoiceOutcome.OtherGone => throw ProblemException.Conflict(
                $"The image that it resembles, '{record.DuplicateOf}', is gone."
            ),
            _ => throw ProblemException.Conflict(now.Reason ?? "The image changed meanwhile. Look again in a moment."),
        };
    }

    private static async Task<SwapReply> SwapAsync(string id, Replacement replacement, ImageLedger ledger, CancellationToken cancellation)
    {
        var record = await ImagesEndpoint.RecordAsync(id, ledger, cancellation);
        var outcome = await replacement.RunAsync(record, cancellation);
        var restored =
            outcome.Restore
            ?? throw ProblemException.Conflict(
                $"The image that was kept, '{record.DuplicateOf}', is gone. Restore this one: POST /api/quarantine/{record.Id}/restore."
            );
        var kept = await QuarantineEndpoint.RestoredAsync(restored, record, ledger, cancellation);
        return ImageView.Of(await ImagesEndpoint.RecordAsync(outcome.ReplacedId!, ledger, cancellation)) is { } replaced
            ? new SwapReply(kept, replaced)
            : throw ProblemException.Conflict("The image that was kept is being processed: look again in a moment.");
    }
}
