using Serverless.Storage;

namespace Serverless.Api;

/// <summary>Messages that were given up.</summary>
/// <param name="Messages">Oldest first.</param>
internal sealed record PoisonReply(IReadOnlyList<PoisonMessage> Messages);

/// <summary>What was sent again.</summary>
/// <param name="Resent">Number of messages.</param>
internal sealed record ResendReply(int Resent);

/// <summary>What whoever runs the app needs now and then: work that was given up.</summary>
internal static class OperationsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(
                "/poison",
                async (WorkQueues queues, CancellationToken cancellation) => new PoisonReply(await queues.PoisonAsync(cancellation))
            )
            .WithName("listPoison")
            .WithSummary("The oldest messages that failed so often that the host gave them up, at most 32 of each queue.")
            .Produces<PoisonReply>();
        routes
            .MapPost(
                "/poison/resend",
                async (WorkQueues queues, CancellationToken cancellation) => new ResendReply(await queues.ResendAsync(cancellation))
            )
            .WithName("resendPoison")
            .WithSummary("Sends every given-up message again.")
            .Produces<ResendReply>();
    }
}
