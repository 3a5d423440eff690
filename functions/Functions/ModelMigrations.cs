using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>Changes the model: fills a second index, compares, switches, takes the switch back.</summary>
internal sealed class ModelMigrations(RequestPipeline app)
{
    [Function(nameof(ModelMigrations))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", "post", "delete", Route = "api/models/{*path}")] HttpRequest request
    ) => app.AnswerAsync(request);
}
