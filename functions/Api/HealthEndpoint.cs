using Azure;
using Serverless.Access;
using Serverless.Embeddings;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Api;

internal sealed record HealthReply(string Status, HealthModel Model, HealthIndex Index, WorkDepth Work);

internal sealed record HealthModel(string Name, int Dimensions, string Provider);

internal sealed record HealthIndex(string Name, long Documents);

/// <summary>Whether the app can do its work: the model is loaded before the app listens, the index answers.</summary>
internal static class HealthEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/health", GetAsync)
            .WithName("Health")
            .WithSummary("Ready or not, and with what.")
            .Produces<HealthReply>()
            .ProducesProblem(503)
            .Needs(Role.None);

    private static async Task<IResult> GetAsync(ImageIndex index, WorkQueues queues, EmbeddingModel model, CancellationToken cancellation)
    {
        try
        {
            var documents = await index.CountAsync(cancellation);
            var work = await WorkAsync(queues, cancellation);
            return Results.Ok(
                new HealthReply(
                    "ready",
                    new HealthModel(model.Name, model.Dimensions, model.Provider),
                    new HealthIndex(index.Name, documents),
                    work
                )
            );
        }
        catch (Exception error) when (IsNoAnswer(error))
        {
            return NotReady($"The search index '{index.Name}' does not answer. Check Search:Endpoint and the key or role of the app.");
        }
        catch (StorageException)
        {
            return NotReady("The storage account does not answer. Check AzureWebJobsStorage and the role of the app.");
        }
    }

    private static async Task<WorkDepth> WorkAsync(WorkQueues queues, CancellationToken cancellation)
    {
        try
        {
            return await queues.DepthAsync(cancellation);
        }
        catch (Exception error) when (IsNoAnswer(error))
        {
            throw new StorageException(error);
        }
    }

    private static bool IsNoAnswer(Exception error) =>
        error is RequestFailedException or HttpRequestException or AggregateException or TaskCanceledException;

    private static IResult NotReady(string detail) =>
        Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, title: "Not ready.", detail: detail);

    private sealed class StorageException(Exception inner) : Exception(inner.Message, inner);
}
