using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>Lets a person choose which of two alike images stays.</summary>
internal sealed class Choices(RequestPipeline app)
{
    [Function(nameof(Choices))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/duplicates/{id}/{choice}")] HttpRequest request
    ) => app.AnswerAsync(request);
}
