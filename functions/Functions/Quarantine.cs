using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>Moves images to quarantine on request, restores them, or deletes them permanently.</summary>
internal sealed class Quarantine(RequestPipeline app)
{
    [Function(nameof(Quarantine))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", "delete", Route = "api/quarantine/{*path}")] HttpRequest request
    ) => app.AnswerAsync(request);
}
