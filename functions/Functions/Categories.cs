using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>Lists, previews and changes the team's own categories.</summary>
internal sealed class Categories(RequestPipeline app)
{
    [Function(nameof(Categories))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", "post", "put", "delete", Route = "api/categories/{*path}")]
            HttpRequest request
    ) => app.AnswerAsync(request);
}
