using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Storage.Queues;

namespace Serverless.Storage;

/// <summary>Asks for the next steps of a job.</summary>
internal sealed record JobMessage(string Kind, string Id);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(JobMessage))]
internal sealed partial class JobJson : JsonSerializerContext;

/// <summary>The queue behind the function JobStep.</summary>
internal sealed class JobQueue(QueueServiceClient service)
{
    public const string Name = "job-step";

    private readonly QueueClient queue = service.GetQueueClient(Name);

    public Task EnsureAsync(CancellationToken cancellation) => queue.CreateIfNotExistsAsync(cancellationToken: cancellation);

    public Task SendAsync(JobMessage message, TimeSpan delay, CancellationToken cancellation) => queue.SendMessageAsync(
        JsonSerializer.Serialize(message, JobJson.Default.JobMessage), visibilityTimeout: delay, timeToLive: TimeSpan.FromSeconds(-1), cancellation);
}
