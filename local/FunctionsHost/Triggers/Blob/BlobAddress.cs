using Azure.Storage.Blobs;

namespace FunctionsHost.Triggers.Blob;

/// <summary>Storage keeps names that no URL can name, such as <c>a/../b</c>: on the way it becomes that of another blob, or of none.</summary>
internal static class BlobAddress
{
    /// <summary>Whether a request for this blob is one for this blob.</summary>
    public static bool Reaches(BlobContainerClient container, string name)
    {
        try
        {
            var path = new BlobUriBuilder(container.GetBlobClient(name).Uri);
            return path.BlobName == name && path.BlobContainerName == container.Name;
        }
        catch (Exception e) when (e is UriFormatException or ArgumentException)
        {
            return false;
        }
    }
}
