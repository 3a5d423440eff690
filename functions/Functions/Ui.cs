using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>Serves the web page, which asks for a key itself.</summary>
internal sealed class Ui(RequestPipeline app)
{
    [Function(nameof(Ui))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "ui/{*path}")] HttpRequest request) =>
        app.AnswerAsync(request);
}
