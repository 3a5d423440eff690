using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>Speaks the Model Context Protocol.</summary>
internal sealed class Mcp(RequestPipeline app)
{
    [Function(nameof(Mcp))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", "post", "delete", Route = "mcp")] HttpRequest request) =>
        app.AnswerAsync(request);
}
