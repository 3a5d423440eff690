using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>Accepts uploads and reports their verdicts.</summary>
internal sealed class Images(RequestPipeline app)
{
    [Function(nameof(Images))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", "post", "patch", "delete", Route = "api/images/{id?}")] HttpRequest request
    ) => app.AnswerAsync(request);
}
