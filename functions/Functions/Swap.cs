using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>Keeps a quarantined image instead of the one that it was moved for.</summary>
internal sealed class Swap(RequestPipeline app)
{
    [Function(nameof(Swap))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/duplicates/{id}/swap")] HttpRequest request
    ) => app.AnswerAsync(request);
}
