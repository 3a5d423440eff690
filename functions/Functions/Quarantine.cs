using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>Restores what is in quarantine, or deletes it for good.</summary>
internal sealed class Quarantine(RequestPipeline app)
{
    [Function(nameof(Quarantine))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", "delete", Route = "api/quarantine/{*path}")] HttpRequest request
    ) => app.AnswerAsync(request);
}
