using Serverless.Access;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Pipeline;
using Serverless.Pipeline.Steps;

namespace Serverless.Api;

/// <summary>Moves images to quarantine on request, restores them, or deletes them permanently.</summary>
internal static class QuarantineEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/quarantine/{id}", SetAsideAsync)
            .WithName("setImageAside")
            .WithSummary("Moves a live image to quarantine although it is no copy. Restoring it undoes that.")
            .WithDescription("It is listed with 'status=setAside'. Copies in quarantine that were moved for it stay there.")
            .Produces<ImageView>()
            .ProducesProblem(404)
            .ProducesProblem(409);
        routes
            .MapPost("/quarantine/{id}/restore", RestoreAsync)
            .WithName("restoreImage")
            .WithSummary("Restores the blob to its upload path, indexes it, and remembers that it is not a duplicate of its matches.")
            .Produces<ImageView>()
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(410);
        routes
            .MapPost(
                "/quarantine/{id}/trash",
                (string id, Trash trash, ImageLedger ledger, CancellationToken cancellation) =>
                    TrashAsync(id, isIn: true, trash, ledger, cancellation)
            )
            .Needs(Role.Delete)
            .WithName("trashQuarantined")
            .WithSummary("Puts a quarantined image in the trash, from which it is deleted for good after 'Duplicates:TrashRetention'.")
            .Produces<ImageView>()
            .ProducesProblem(404)
            .ProducesProblem(409);
        routes
            .MapDelete(
                "/quarantine/{id}/trash",
                (string id, Trash trash, ImageLedger ledger, CancellationToken cancellation) =>
                    TrashAsync(id, isIn: false, trash, ledger, cancellation)
            )
            .WithName("untrashQuarantined")
            .WithSummary("Takes an image out of the trash: it stays in quarantine.")
            .Produces<ImageView>()
            .ProducesProblem(404)
            .ProducesProblem(409);
        routes
            .MapDelete("/quarantine/{id}", DeleteAsync)
            .Needs(Role.Delete)
            .WithName("deleteQuarantined")
            .WithSummary("Permanently deletes a quarantined blob.")
            .Produces(204)
            .ProducesProblem(404)
            .ProducesProblem(409);
    }

    public static async Task<ImageView> RestoreAsync(string id, Restoration restore, ImageLedger ledger, CancellationToken cancellation)
    {
        var record = await ImagesEndpoint.RecordAsync(id, ledger, cancellation);
        return await RestoredAsync(
            await restore.RunAsync(record.Id, RestoreReason.NoDuplicate, cancellation),
            record,
            ledger,
            cancellation
        );
    }

    /// <summary>The restored image.</summary>
    /// <exception cref="ProblemException">It was not restored.</exception>
    public static async Task<ImageView> RestoredAsync(
        RestoreOutcome outcome,
        ImageRecord record,
        ImageLedger ledger,
        CancellationToken cancellation
    ) =>
        outcome switch
        {
            RestoreOutcome.Restored => ImageView.Of(await ImagesEndpoint.RecordAsync(record.Id, ledger, cancellation))
                ?? throw ProblemException.Conflict("The image was restored and has changed since."),
            RestoreOutcome.NotQuarantined => throw ProblemException.Conflict("The image is not in quarantine."),
            RestoreOutcome.PathTaken => throw ProblemException.Conflict(
                $"Another image has taken '{record.Path}'. Move or delete that one first."
            ),
            RestoreOutcome.Missing => throw new ProblemException(
                StatusCodes.Status410Gone,
                "The image is gone.",
                "Its blob is no longer in the quarantine container, or has other bytes."
            ),
            _ => throw ProblemException.NotFound("No image with that id is known."),
        };

    private static async Task<ImageView> SetAsideAsync(string id, SetAside setAside, ImageLedger ledger, CancellationToken cancellation)
    {
        var record = await ImagesEndpoint.RecordAsync(id, ledger, cancellation);
        var outcome = await setAside.RunAsync(record.Id, toTrash: false, cancellation);
        var now = await ImagesEndpoint.RecordAsync(id, ledger, cancellation);
        return outcome switch
        {
            SetAsideOutcome.Moved => ImageView.Of(now) ?? throw ProblemException.Conflict("The image was moved and has changed since."),
            SetAsideOutcome.NotLive => throw ProblemException.Conflict("The image is not live, or is being processed."),
            _ => throw ProblemException.Conflict(now.Reason ?? "The image changed meanwhile. Look again in a moment."),
        };
    }

    private static async Task<ImageView> TrashAsync(string id, bool isIn, Trash trash, ImageLedger ledger, CancellationToken cancellation)
    {
        var record = await ImagesEndpoint.RecordAsync(id, ledger, cancellation);
        var moved = await trash.MoveAsync(record, isIn, cancellation);
        return moved is not null && ImageView.Of(moved) is { } view
            ? view with
            {
                DeletedAfter = trash.DeletedAfter(moved)?.UtcDateTime,
            }
            : throw ProblemException.Conflict("The image is not in quarantine.");
    }

    private static async Task<IResult> DeleteAsync(string id, DeleteForGood deletion, ImageLedger ledger, CancellationToken cancellation)
    {
        var record = await ImagesEndpoint.RecordAsync(id, ledger, cancellation);
        return await deletion.TryRunAsync(record.Id, cancellation)
            ? Results.NoContent()
            : throw ProblemException.Conflict("The image is not in quarantine.");
    }
}
