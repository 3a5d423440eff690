using Microsoft.OpenApi;
using Serverless.Reconcile;
using Serverless.Storage;

namespace Serverless.Api;

internal sealed record PoisonReply(IReadOnlyList<PoisonMessage> Messages);

internal sealed record ResendReply(int Resent);

/// <summary>What whoever runs the app needs now and then: work that was given up, and whether bucket, index and ledger agree.</summary>
internal static class OperationsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/poison", async (WorkQueues queues, CancellationToken cancellation) => new PoisonReply(await queues.PoisonAsync(cancellation)))
            .WithName("Poison").WithSummary("The oldest messages that failed so often that the host gave them up, at most 32 of each queue.").Produces<PoisonReply>();
        routes.MapPost("/poison/resend", async (WorkQueues queues, CancellationToken cancellation) => new ResendReply(await queues.ResendAsync(cancellation)))
            .WithName("ResendPoison").WithSummary("Sends every given-up message again.").Produces<ResendReply>();
        routes.MapPost("/reconcile", (HttpRequest request, Reconciler reconciler, CancellationToken cancellation) =>
                reconciler.RunAsync(QueryValue.Flag(request.Query, "dryRun"), cancellation))
            .WithName("Reconcile").WithSummary("Compares bucket, quarantine, index and ledger, and repairs what disagrees. Runs every night as well.")
            .Produces<ReconcileReport>().ProducesProblem(400)
            .WithQuery(("dryRun", JsonSchemaType.Boolean, "Only tells the differences.")).DisableRequestTimeout();
    }
}
