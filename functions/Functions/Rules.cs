using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>Applies rules to all duplicates, and undoes them.</summary>
internal sealed class Rules(RequestPipeline app)
{
    [Function(nameof(Rules))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", "post", "delete", Route = "api/rules/{*path}")] HttpRequest request
    ) => app.AnswerAsync(request);
}
