using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Storage.Queues;

namespace Serverless.Storage;

/// <summary>Asks for the work on one slice of a backfill.</summary>
/// <param name="Id">The backfill.</param>
/// <param name="Number">The slice.</param>
internal sealed record BackfillSliceMessage(string Id, int Number);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BackfillSliceMessage))]
internal sealed partial class BackfillSliceJson : JsonSerializerContext;

/// <summary>The queue behind the function BackfillSlice: apart from uploads, so that these never stand behind it.</summary>
internal sealed class BackfillSliceQueue(QueueServiceClient service)
    : WorkQueue<BackfillSliceMessage>(service, Name, BackfillSliceJson.Default.BackfillSliceMessage)
{
    public const string Name = "backfill-slice";

    public Task SendAsync(BackfillSliceMessage message, CancellationToken cancellation) => SendAsync(message, TimeSpan.Zero, cancellation);

    protected override bool IsWhole(BackfillSliceMessage message) => message.Id is not null;
}
