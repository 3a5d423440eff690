using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>Lists poison messages, and resends them.</summary>
internal sealed class Poison(RequestPipeline app)
{
    [Function(nameof(Poison))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", "post", Route = "api/poison/{*path}")] HttpRequest request
    ) => app.AnswerAsync(request);
}
