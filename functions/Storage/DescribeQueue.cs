using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Storage.Queues;

namespace Serverless.Storage;

/// <summary>Requests a picture's description.</summary>
/// <param name="Id">The image.</param>
/// <param name="Sha256">Its bytes: newer ones have their own message.</param>
/// <param name="Attempts">The number of failed attempts.</param>
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
