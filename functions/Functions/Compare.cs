using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>Compares two pictures.</summary>
internal sealed class Compare(RequestPipeline app)
{
    [Function(nameof(Compare))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/compare")] HttpRequest request) =>
        app.AnswerAsync(request);
}
