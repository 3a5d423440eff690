using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;

namespace Serverless.Functions;

/// <summary>Reconciles ledger, index and containers on request.</summary>
internal sealed class Reconciliations(RequestPipeline app)
{
    [Function(nameof(Reconciliations))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", "post", "delete", Route = "api/reconcile/{*path}")] HttpRequest request
    ) => app.AnswerAsync(request);
}
