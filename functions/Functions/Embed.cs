using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>Turns a picture or a text into a vector.</summary>
internal sealed class Embed(RequestPipeline app)
{
    [Function(nameof(Embed))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/embed")] HttpRequest request) =>
        app.AnswerAsync(request);
}
