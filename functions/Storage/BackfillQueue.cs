using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Storage.Queues;

namespace Serverless.Storage;

/// <summary>Asks for the next page of a backfill.</summary>
internal sealed record BackfillMessage(string Id);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BackfillMessage))]
internal sealed partial class BackfillJson : JsonSerializerContext;

/// <summary>The queue behind the function BackfillPage.</summary>
internal sealed class BackfillQueue(QueueServiceClient service)
    : WorkQueue<BackfillMessage>(service, Name, BackfillJson.Default.BackfillMessage)
{
    public const string Name = "backfill-page";

    public Task SendAsync(BackfillMessage message, CancellationToken cancellation) => SendAsync(message, TimeSpan.Zero, cancellation);

    protected override bool IsWhole(BackfillMessage message) => message.Id is not null;
}
