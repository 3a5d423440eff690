using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>Ingests existing images, and reports the progress.</summary>
internal sealed class Backfills(RequestPipeline app)
{
    [Function(nameof(Backfills))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", "post", "delete", Route = "api/backfill/{*path}")] HttpRequest request
    ) => app.AnswerAsync(request);
}
