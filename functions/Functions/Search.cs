using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>Finds images by words or by pictures.</summary>
internal sealed class Search(RequestPipeline app)
{
    [Function(nameof(Search))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", "post", Route = "api/search")] HttpRequest request
    ) => app.AnswerAsync(request);
}
