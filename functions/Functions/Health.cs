using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>Reports whether the app is ready. Needs no key, so that a platform can probe it.</summary>
internal sealed class Health(RequestPipeline app)
{
    [Function(nameof(Health))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health")] HttpRequest request) =>
        app.AnswerAsync(request);
}
