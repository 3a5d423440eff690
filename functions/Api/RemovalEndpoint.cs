using Microsoft.OpenApi;
using Serverless.Access;
using Serverless.Api.Description;
using Serverless.Ledger;
using Serverless.Pipeline;

namespace Serverless.Api;

/// <summary>Removes an image from the collection.</summary>
internal static class RemovalEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapDelete("/images/{id}", DeleteAsync)
            .Needs(Role.Delete)
            .WithName("deleteImage")
            .WithSummary("Takes an image out of the collection: a live one goes to the trash, a rejected one is deleted.")
            .WithDescription(
                "The trash is part of the quarantine: restoring the image undoes it, until 'Duplicates:TrashRetention' is over. With "
                    + "'permanently' its blob is deleted at once; storage keeps a deleted blob for its soft delete period. Copies of it in "
                    + "quarantine stay there and can be restored. Delete a quarantined image itself with DELETE /api/quarantine/{id}."
            )
            .WithQuery(("permanently", JsonSchemaType.Boolean, "Deletes the blob at once instead."))
            .Produces(204)
            .ProducesProblem(404)
            .ProducesProblem(409);

    private static async Task<IResult> DeleteAsync(
        string id,
        HttpRequest request,
        Deletion deletion,
        ImageLedger ledger,
        CancellationToken cancellation
    )
    {
        var isPermanent = QueryValue.Flag(request.Query, "permanently");
        var record = await ImagesEndpoint.RecordAsync(id, ledger, cancellation);
        return await deletion.RunAsync(record, isPermanent, cancellation) switch
        {
            DeletionOutcome.Deleted => Results.NoContent(),
            DeletionOutcome.Unknown => throw ProblemException.NotFound("No image with that id is known."),
            DeletionOutcome.Quarantined => throw ProblemException.Conflict(
                "The image is in quarantine: DELETE /api/quarantine/{id} deletes it there."
            ),
            DeletionOutcome.Stays => throw ProblemException.Conflict(
                (await ImagesEndpoint.RecordAsync(id, ledger, cancellation)).Reason
                    ?? "The image changed meanwhile. Look again in a moment."
            ),
            DeletionOutcome.Protected => throw ProblemException.Conflict(
                "Its blob is leased, or has snapshots that would be deleted with it. End the lease or delete the snapshots first."
            ),
            _ => throw ProblemException.Conflict("The image is being processed, or was overwritten. Check it again, then delete it."),
        };
    }
}
