using Serverless.Access;
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
            .WithSummary("Deletes an image's blob, and with it the image from the collection.")
            .WithDescription(
                "Storage keeps a deleted blob for its soft delete period; undelete it there to ingest the image again. "
                    + "Copies of it in quarantine stay there and can be restored. Delete a quarantined image itself "
                    + "with DELETE /api/quarantine/{id}."
            )
            .Produces(204)
            .ProducesProblem(404)
            .ProducesProblem(409);

    private static async Task<IResult> DeleteAsync(string id, Deletion deletion, ImageLedger ledger, CancellationToken cancellation)
    {
        var record = await ImagesEndpoint.RecordAsync(id, ledger, cancellation);
        return await deletion.RunAsync(record, cancellation) switch
        {
            DeletionOutcome.Deleted => Results.NoContent(),
            DeletionOutcome.Unknown => throw ProblemException.NotFound("No image with that id is known."),
            DeletionOutcome.Quarantined => throw ProblemException.Conflict(
                "The image is in quarantine: DELETE /api/quarantine/{id} deletes it there."
            ),
            DeletionOutcome.Protected => throw ProblemException.Conflict(
                "Its blob is leased, or has snapshots that would be deleted with it. End the lease or delete the snapshots first."
            ),
            _ => throw ProblemException.Conflict("The image is being processed, or was overwritten. Check it again, then delete it."),
        };
    }
}
