using Microsoft.Extensions.Diagnostics.HealthChecks;
using Serverless.Search;

namespace Serverless.Api;

/// <summary>Whether the search index answers, and how many documents it has.</summary>
internal sealed class SearchIndexCheck(ImageIndex index) : IHealthCheck
{
    public const string Name = "search";
    public const string Documents = "documents";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var documents = await index.CountAsync(cancellationToken);
            return HealthCheckResult.Healthy(data: new Dictionary<string, object> { [Documents] = documents });
        }
        catch (Exception error) when (StorageCheck.IsNoAnswer(error))
        {
            return HealthCheckResult.Unhealthy(
                $"The search index '{index.Name}' does not answer. Check Search:Endpoint and the app's key or role."
            );
        }
    }
}
