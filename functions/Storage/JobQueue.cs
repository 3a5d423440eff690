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
internal sealed class JobQueue(QueueServiceClient service) : WorkQueue<JobMessage>(service, Name, JobJson.Default.JobMessage)
{
    public const string Name = "job-step";

    protected override bool IsWhole(JobMessage message) => message is { Kind: not null, Id: not null };
}
