using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace FunctionsHost.Triggers.Blob;

/// <summary>
/// Which versions of which blobs one function is done with: an empty blob each, at the name that the host in Azure uses.
/// Beside them the attempts at those it is not done with, so that a blob that takes the app or the host down ends as poison too.
/// </summary>
internal sealed class BlobReceipts(BlobContainerClient container, string hostId, string functionId)
{
    private const int MaxBlobName = 1024;
    private const string Done = "blobreceipts";
    private const string Failed = "blobattempts";

    private readonly ConcurrentDictionary<string, bool> _done = new();
    private readonly ConcurrentDictionary<string, BlobTries> _tries = new();

    public async Task LoadAsync(CancellationToken stopping)
    {
        await foreach (var item in ListAsync(Done, BlobTraits.None, stopping))
        {
            _done[item.Name] = true;
        }

        await foreach (var item in ListAsync(Failed, BlobTraits.Metadata, stopping))
        {
            _tries[item.Name] = BlobTries.From(item.Metadata);
        }
    }

    public bool Contains(string blobContainer, KnownBlob blob) => _done.ContainsKey(NameOf(Done, blobContainer, blob));

    public BlobTries Tries(string blobContainer, KnownBlob blob) => _tries.GetValueOrDefault(NameOf(Failed, blobContainer, blob)) ?? BlobTries.None;

    public async Task WriteAsync(string blobContainer, KnownBlob blob, CancellationToken stopping)
    {
        var name = NameOf(Done, blobContainer, blob);
        await container.GetBlobClient(name).UploadAsync(Stream.Null, overwrite: true, stopping);
        _done[name] = true;
        await ForgetTriesAsync(blobContainer, blob, stopping);
    }

    public async Task WriteTriesAsync(string blobContainer, KnownBlob blob, BlobTries tries, CancellationToken stopping)
    {
        var name = NameOf(Failed, blobContainer, blob);
        _tries[name] = tries;
        await container.GetBlobClient(name).UploadAsync(Stream.Null, new BlobUploadOptions { Metadata = tries.ToMetadata() }, stopping);
    }

    public async Task ForgetTriesAsync(string blobContainer, KnownBlob blob, CancellationToken stopping)
    {
        var name = NameOf(Failed, blobContainer, blob);
        if (_tries.TryRemove(name, out _))
        {
            await container.GetBlobClient(name).DeleteIfExistsAsync(cancellationToken: stopping);
        }
    }

    private AsyncPageable<BlobItem> ListAsync(string kind, BlobTraits traits, CancellationToken stopping) =>
        container.GetBlobsAsync(traits, BlobStates.None, $"{kind}/{hostId}/{functionId}/", stopping);

    private string NameOf(string kind, string blobContainer, KnownBlob blob)
    {
        var folder = $"{kind}/{hostId}/{functionId}/{blob.ETag}/{blobContainer}/";
        return folder.Length + blob.Name.Length <= MaxBlobName && BlobAddress.Reaches(container, folder + blob.Name)
            ? folder + blob.Name
            : $"{folder}sha256-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(blob.Name)))}";
    }
}
