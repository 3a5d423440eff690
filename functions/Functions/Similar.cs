using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>Finds the images most like a stored one.</summary>
internal sealed class Similar(RequestPipeline app)
{
    [Function(nameof(Similar))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/images/{id}/similar")] HttpRequest request
    ) => app.AnswerAsync(request);
}
