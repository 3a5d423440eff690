using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>Reports the cost of descriptions.</summary>
internal sealed class Descriptions(RequestPipeline app)
{
    [Function(nameof(Descriptions))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/descriptions")] HttpRequest request
    ) => app.AnswerAsync(request);
}
