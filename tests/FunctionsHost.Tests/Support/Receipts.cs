using Azure.Storage.Blobs.Models;

namespace FunctionsHost.Tests.Support;

/// <summary>What the host has written into the storage account.</summary>
internal static class Receipts
{
    public static async Task<IReadOnlyList<string>> ListAsync(Azurite azurite, TestApp app, string function, string kind = "blobreceipts")
    {
        var names = new List<string>();
        var container = azurite.Blobs.GetBlobContainerClient("azure-webjobs-hosts");
        if (await container.ExistsAsync())
        {
            var prefix = $"{kind}/{app.HostId}/Host.Functions.{function}/";
            await foreach (var item in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, default))
            {
                names.Add(item.Name[prefix.Length..]);
            }
        }

        return names;
    }

    public static Task WaitForAsync(Azurite azurite, TestApp app, string function, int count) =>
        Eventually.HoldsAsync(async () => (await ListAsync(azurite, app, function)).Count == count, $"{count} receipts of {function}");
}
