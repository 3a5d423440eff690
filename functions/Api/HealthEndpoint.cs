using Microsoft.Extensions.Diagnostics.HealthChecks;
using Serverless.Access;
using Serverless.Api.Description;
using Serverless.Embeddings;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>The app is ready.</summary>
/// <param name="Status">Always ready; otherwise the answer is 503 with the reason.</param>
/// <param name="Model">The model in use.</param>
/// <param name="Index">The search index.</param>
/// <param name="Work">Waiting work.</param>
internal sealed record HealthReply([property: Choices("ready")] string Status, HealthModel Model, HealthIndex Index, WorkDepth Work);

/// <summary>The model in use.</summary>
/// <param name="Name">As in the setting Embedding:Model.</param>
/// <param name="Dimensions">Length of its vectors.</param>
/// <param name="Provider">As in the setting Embedding:Provider.</param>
/// <param name="Calibrated">False if its thresholds were never measured, so that copies are missed: see <c>calibrate</c>.</param>
internal sealed record HealthModel(string Name, int Dimensions, string Provider, bool Calibrated);

/// <summary>The search index.</summary>
/// <param name="Name">As in the setting Search:Index.</param>
/// <param name="Documents">Number of images in it.</param>
internal sealed record HealthIndex(string Name, long Documents);

/// <summary>Whether the app can do its work: the model is loaded before the app listens, index and storage answer.</summary>
internal static class HealthEndpoint
{
    public static void AddChecks(IServiceCollection services) =>
        services.AddHealthChecks().AddCheck<SearchIndexCheck>(SearchIndexCheck.Name).AddCheck<StorageCheck>(StorageCheck.Name);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/health", GetAsync)
            .WithName("getHealth")
            .WithSummary("Gets whether the app is ready, with model, index and waiting work.")
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
                    new HealthModel(model.Name, model.Dimensions, model.Provider, model.Thresholds.IsCalibrated),
                    new HealthIndex(index.Name, (long)search.Data[SearchIndexCheck.Documents]),
                    (WorkDepth)storage.Data[StorageCheck.Work]
                )
            );
    }

    private static IResult NotReady(HealthReportEntry entry) =>
        Results.Problem(
            statusCode: StatusCodes.Status503ServiceUnavailable,
            type: ProblemTypes.NotReady,
            title: "Not ready.",
            detail: entry.Description
        );
}
