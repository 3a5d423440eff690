using Microsoft.Extensions.Diagnostics.HealthChecks;
using Serverless.Access;
using Serverless.Embeddings;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Api;

internal sealed record HealthReply(string Status, HealthModel Model, HealthIndex Index, WorkDepth Work);

internal sealed record HealthModel(string Name, int Dimensions, string Provider);

internal sealed record HealthIndex(string Name, long Documents);

/// <summary>Whether the app can do its work: the model is loaded before the app listens, index and storage answer.</summary>
internal static class HealthEndpoint
{
    public static void AddChecks(IServiceCollection services) =>
        services.AddHealthChecks().AddCheck<SearchIndexCheck>(SearchIndexCheck.Name).AddCheck<StorageCheck>(StorageCheck.Name);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/health", GetAsync)
            .WithName("Health")
            .WithSummary("Ready or not, and with what.")
            .Produces<HealthReply>()
            .ProducesProblem(503)
            .Needs(Role.None);

    private static async Task<IResult> GetAsync(
        HealthCheckService checks,
        ImageIndex index,
        EmbeddingModel model,
        CancellationToken cancellation
    )
    {
        var report = await checks.CheckHealthAsync(cancellation);
        var (search, storage) = (report.Entries[SearchIndexCheck.Name], report.Entries[StorageCheck.Name]);
        return search.Status != HealthStatus.Healthy ? NotReady(search)
            : storage.Status != HealthStatus.Healthy ? NotReady(storage)
            : Results.Ok(
                new HealthReply(
                    "ready",
                    new HealthModel(model.Name, model.Dimensions, model.Provider),
                    new HealthIndex(index.Name, (long)search.Data[SearchIndexCheck.Documents]),
                    (WorkDepth)storage.Data[StorageCheck.Work]
                )
            );
    }

    private static IResult NotReady(HealthReportEntry entry) =>
        Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, title: "Not ready.", detail: entry.Description);
}
