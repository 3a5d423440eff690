using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Storage.Queues;
using Serverless.Telemetry;

namespace Serverless.Storage;

/// <summary>
/// Requests a second look at one announced version of an image or, with a path, a look at whatever is at that path now.
/// </summary>
/// <param name="Id">The image.</param>
/// <param name="Sequence">The version, by its announcement.</param>
/// <param name="TraceParent">The trace that requested it, if any.</param>
/// <param name="Path">The path to look at.</param>
internal sealed record RecheckMessage(string Id, long Sequence, string? TraceParent = null, string? Path = null)
{
    public static RecheckMessage ForPath(ImagePath path) => new(path.Id, 0, Path: path.ToString());
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RecheckMessage))]
internal sealed partial class RecheckJson : JsonSerializerContext;

/// <summary>The queue behind the function RecheckImage.</summary>
internal sealed class RecheckQueue(QueueServiceClient service)
    : WorkQueue<RecheckMessage>(service, Name, RecheckJson.Default.RecheckMessage)
{
    public const string Name = "recheck-image";

    public override Task SendAsync(RecheckMessage message, TimeSpan delay, CancellationToken cancellation) =>
        base.SendAsync(message with { TraceParent = message.TraceParent ?? ImageSpans.Context }, delay, cancellation);

    protected override bool IsWhole(RecheckMessage message) => message.Id is not null;
}
