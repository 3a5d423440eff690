using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Storage.Queues;

namespace Serverless.Storage;

/// <summary>Says that an image's record has changed, and which index must follow.</summary>
internal sealed record MirrorMessage(string Id, string Index);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(MirrorMessage))]
internal sealed partial class MirrorJson : JsonSerializerContext;

/// <summary>The queue behind the function MirrorImage.</summary>
internal sealed class MirrorQueue(QueueServiceClient service) : WorkQueue<MirrorMessage>(service, Name, MirrorJson.Default.MirrorMessage)
{
    public const string Name = "mirror-image";

    protected override bool IsWhole(MirrorMessage message) => message is { Id: not null, Index: not null } && ImagePath.IsId(message.Id);
}
