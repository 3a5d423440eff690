using System.Globalization;
using Azure.Storage.Blobs.Models;
using Shared;
using Xunit;

namespace FunctionsHost.Tests.Support;

/// <summary>What the host has written into the storage account.</summary>
internal static class Receipts
{
    public static async Task<IReadOnlyList<string>> ListAsync(Azurite azurite, TestApp app, string function, string kind = "blobreceipts") =>
        [.. (await BlobsAsync(azurite, app, function, kind)).Select(blob => blob.Name)];

    /// <summary>How many failed attempts the host has noted for the only blob that failed.</summary>
    public static async Task<int> AttemptsAsync(Azurite azurite, TestApp app, string function) => int.Parse(
        Assert.Single(await BlobsAsync(azurite, app, function, "blobattempts")).Metadata["attempts"], CultureInfo.InvariantCulture);

    public static Task WaitForAsync(Azurite azurite, TestApp app, string function, int count) =>
        Patience.UntilAsync(async () => (await ListAsync(azurite, app, function)).Count == count, $"{count} receipts of {function}");

    private static async Task<List<(string Name, IDictionary<string, string> Metadata)>> BlobsAsync(
        Azurite azurite, TestApp app, string function, string kind)
    {
        var blobs = new List<(string Name, IDictionary<string, string> Metadata)>();
        var container = azurite.Blobs.GetBlobContainerClient("azure-webjobs-hosts");
        if (await container.ExistsAsync())
        {
            var prefix = $"{kind}/{app.HostId}/Host.Functions.{function}/";
            await foreach (var item in container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, prefix, default))
            {
                blobs.Add((item.Name[prefix.Length..], item.Metadata));
            }
        }

        return blobs;
    }
}
