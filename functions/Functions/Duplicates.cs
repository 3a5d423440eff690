using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>Lists what was taken for a duplicate.</summary>
internal sealed class Duplicates(RequestPipeline app)
{
    [Function(nameof(Duplicates))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/duplicates/{id?}")] HttpRequest request) =>
        app.AnswerAsync(request);
}
