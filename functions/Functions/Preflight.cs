using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>
/// Tells a browser what a page of another origin may do, and anybody which methods an address takes. A browser asks without a key, so
/// that this function needs none; it reaches no endpoint.
/// </summary>
internal sealed class Preflight(RequestPipeline app)
{
    [Function(nameof(Preflight))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "options", Route = "{*path}")] HttpRequest request) =>
        app.AnswerAsync(request);
}
