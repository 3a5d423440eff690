using System.Text.Json.Serialization;
using Azure;
using Azure.Storage.Blobs;

namespace FunctionsHost.Triggers.Timer;

/// <summary>When a timer ran last and is due next; kept in the storage account, where the host in Azure keeps it.</summary>
internal sealed record TimerStatus(DateTimeOffset Last, DateTimeOffset Next, DateTimeOffset LastUpdated)
{
    [JsonIgnore]
    public bool HasRun => Last > DateTimeOffset.MinValue;

    public static async Task<TimerStatus?> LoadAsync(BlobClient blob, CancellationToken stopping)
    {
        try
        {
            return (await blob.DownloadContentAsync(stopping)).Value.Content.ToObjectFromJson<TimerStatus>();
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    public Task SaveAsync(BlobClient blob, CancellationToken stopping) =>
        blob.UploadAsync(BinaryData.FromObjectAsJson(this), overwrite: true, stopping);
}
