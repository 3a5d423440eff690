using Serverless.Storage;

namespace Serverless.Api;

/// <summary>Messages in poison queues.</summary>
/// <param name="Messages">Oldest first.</param>
internal sealed record PoisonReply(IReadOnlyList<PoisonMessage> Messages);

/// <summary>The result of resending.</summary>
/// <param name="Resent">Number of messages.</param>
internal sealed record ResendReply(int Resent);

/// <summary>Operations on poison messages.</summary>
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
            .WithSummary("Lists the oldest poison messages, at most 32 of each queue.")
            .Produces<PoisonReply>();
        routes
            .MapPost(
                "/poison/resend",
                async (WorkQueues queues, CancellationToken cancellation) => new ResendReply(await queues.ResendAsync(cancellation))
            )
            .WithName("resendPoison")
            .WithSummary("Sends all poison messages again.")
            .Produces<ResendReply>();
    }
}
