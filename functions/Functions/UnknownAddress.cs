using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>
/// Answers what no other function does, with a problem that says so instead of an empty page of the host. The host takes the first
/// function by name whose route and method fit, so that this one has to be the last of them.
/// </summary>
internal sealed class UnknownAddress(RequestPipeline app)
{
    [Function(nameof(UnknownAddress))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, Route = "api/{*path}")] HttpRequest request) =>
        app.AnswerAsync(request);
}
