using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>Pages through the collection.</summary>
internal sealed class Browse(RequestPipeline app)
{
    [Function(nameof(Browse))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/browse")] HttpRequest request) =>
        app.AnswerAsync(request);
}
