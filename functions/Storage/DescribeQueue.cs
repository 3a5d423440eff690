using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Storage.Queues;

namespace Serverless.Storage;

/// <summary>Asks for a picture to be described.</summary>
/// <param name="Id">The image.</param>
/// <param name="Sha256">Its bytes: others that came there meanwhile have a message of their own.</param>
/// <param name="Attempts">How many have failed.</param>
internal sealed record DescribeMessage(string Id, string Sha256, int Attempts = 0);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(DescribeMessage))]
internal sealed partial class DescribeJson : JsonSerializerContext;

/// <summary>The queue behind the function DescribeImage.</summary>
internal sealed class DescribeQueue(QueueServiceClient service)
    : WorkQueue<DescribeMessage>(service, Name, DescribeJson.Default.DescribeMessage)
{
    public const string Name = "describe-image";

    protected override bool IsWhole(DescribeMessage message) => message is { Id: not null, Sha256: not null };
}
