using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace FunctionsHost.Triggers.Blob;

/// <summary>
/// Which versions of which blobs one function is done with: an empty blob each, at the name that the host in Azure uses.
/// Beside them the failed attempts of those it is not done with, so that a blob that takes the host down ends as poison too.
/// </summary>
internal sealed class BlobReceipts(BlobContainerClient container, string hostId, string functionId)
{
    private const int MaxBlobName = 1024;
    private const string AttemptsKey = "attempts";
    private const string Done = "blobreceipts";
    private const string Failed = "blobattempts";

    private readonly ConcurrentDictionary<string, bool> _done = new();
    private readonly ConcurrentDictionary<string, int> _attempts = new();

    public async Task LoadAsync(CancellationToken stopping)
    {
        await foreach (var item in ListAsync(Done, BlobTraits.None, stopping))
        {
            _done[item.Name] = true;
        }

        await foreach (var item in ListAsync(Failed, BlobTraits.Metadata, stopping))
        {
            _attempts[item.Name] = item.Metadata.TryGetValue(AttemptsKey, out var text) && int.TryParse(text, out var count) ? count : 0;
        }
    }

    public bool Contains(string blobContainer, KnownBlob blob) => _done.ContainsKey(NameOf(Done, blobContainer, blob));

    public int Attempts(string blobContainer, KnownBlob blob) => _attempts.GetValueOrDefault(NameOf(Failed, blobContainer, blob));

    public async Task WriteAsync(string blobContainer, KnownBlob blob, CancellationToken stopping)
    {
        var name = NameOf(Done, blobContainer, blob);
        await container.GetBlobClient(name).UploadAsync(Stream.Null, overwrite: true, stopping);
        _done[name] = true;
        await ForgetAttemptsAsync(blobContainer, blob, stopping);
    }

    public async Task WriteAttemptsAsync(string blobContainer, KnownBlob blob, int attempts, CancellationToken stopping)
    {
        var name = NameOf(Failed, blobContainer, blob);
        _attempts[name] = attempts;
        var metadata = new Dictionary<string, string> { [AttemptsKey] = $"{attempts}" };
        await container.GetBlobClient(name).UploadAsync(Stream.Null, new BlobUploadOptions { Metadata = metadata }, stopping);
    }

    public async Task ForgetAttemptsAsync(string blobContainer, KnownBlob blob, CancellationToken stopping)
    {
        var name = NameOf(Failed, blobContainer, blob);
        if (_attempts.TryRemove(name, out _))
        {
            await container.GetBlobClient(name).DeleteIfExistsAsync(cancellationToken: stopping);
        }
    }

    private AsyncPageable<BlobItem> ListAsync(string kind, BlobTraits traits, CancellationToken stopping) =>
        container.GetBlobsAsync(traits, BlobStates.None, $"{kind}/{hostId}/{functionId}/", stopping);

    private string NameOf(string kind, string blobContainer, KnownBlob blob)
    {
        var folder = $"{kind}/{hostId}/{functionId}/{blob.ETag}/{blobContainer}/";
        return folder.Length + blob.Name.Length <= MaxBlobName
            ? folder + blob.Name
            : $"{folder}sha256-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(blob.Name)))}";
    }
}
