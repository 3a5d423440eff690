using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>Judges the quarantine again.</summary>
internal sealed class DuplicatesReview(RequestPipeline app)
{
    [Function(nameof(DuplicatesReview))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", "post", "delete", Route = "api/duplicates/review/{id?}")]
            HttpRequest request
    ) => app.AnswerAsync(request);
}
