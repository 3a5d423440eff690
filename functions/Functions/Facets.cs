using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>Counts what there is to filter by.</summary>
internal sealed class Facets(RequestPipeline app)
{
    [Function(nameof(Facets))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/facets")] HttpRequest request) =>
        app.AnswerAsync(request);
}
