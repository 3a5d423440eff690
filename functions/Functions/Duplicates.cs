using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>Lists duplicates and look-alikes.</summary>
internal sealed class Duplicates(RequestPipeline app)
{
    [Function(nameof(Duplicates))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/duplicates/{id?}")] HttpRequest request
    ) => app.AnswerAsync(request);
}
