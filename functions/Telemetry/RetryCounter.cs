using Azure.Core;
using Azure.Core.Pipeline;

namespace Serverless.Telemetry;

/// <summary>
/// Counts an Azure client's retries. Add it at <see cref="HttpPipelinePosition.PerRetry"/>.
/// </summary>
internal sealed class RetryCounter(string service) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.ProcessingContext.RetryNumber > 0)
        {
            ImageMetrics.Retried(service);
        }
    }
}
