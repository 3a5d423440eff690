using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>Sends a stored image or its thumbnail.</summary>
internal sealed class Content(RequestPipeline app)
{
    [Function(nameof(Content))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/images/{id}/content")] HttpRequest request
    ) => app.AnswerAsync(request);
}
