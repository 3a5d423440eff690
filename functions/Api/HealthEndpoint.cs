using Azure;
using Serverless.Embeddings;
using Serverless.Search;

namespace Serverless.Api;

internal sealed record HealthReply(string Status, HealthModel Model, HealthIndex Index);

internal sealed record HealthModel(string Name, int Dimensions, string Provider);

internal sealed record HealthIndex(string Name, long Documents);

/// <summary>Whether the app can do its work: the model is loaded before the app listens, the index answers.</summary>
internal static class HealthEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/health", GetAsync)
        .WithName("Health").WithSummary("Ready or not, and with what.").Produces<HealthReply>().ProducesProblem(503);

    private static async Task<IResult> GetAsync(ImageIndex index, EmbeddingModel model, CancellationToken cancellation)
    {
        try
        {
            var documents = await index.CountAsync(cancellation);
            return Results.Ok(new HealthReply("ready", new HealthModel(model.Name, model.Dimensions, model.Provider), new HealthIndex(index.Name, documents)));
        }
        catch (Exception error) when (error is RequestFailedException or HttpRequestException or AggregateException)
        {
            return Results.Problem(
                statusCode: StatusCodes.Status503ServiceUnavailable, title: "Not ready.",
                detail: $"The search index '{index.Name}' does not answer. Check Search:Endpoint and the key or role of the app.");
        }
    }
}
