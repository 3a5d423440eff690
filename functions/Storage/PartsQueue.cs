using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Storage.Queues;

namespace Serverless.Storage;

/// <summary>Has the pages and tiles of a sheet brought up to date with its record, whatever that says by then.</summary>
/// <param name="Id">The sheet.</param>
/// <param name="Attempts">The number of failed attempts.</param>
/// <param name="Repairs">The index disagrees with the ledger: its documents are written again, and looked for.</param>
internal sealed record PartsMessage(string Id, int Attempts = 0, bool Repairs = false);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PartsMessage))]
internal sealed partial class PartsJson : JsonSerializerContext;

/// <summary>The queue behind the function MakeParts.</summary>
internal sealed class PartsQueue(QueueServiceClient service) : WorkQueue<PartsMessage>(service, Name, PartsJson.Default.PartsMessage)
{
    public const string Name = "make-parts";

    protected override bool IsWhole(PartsMessage message) => message is { Id: not null };
}
