using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace FunctionsHost.Triggers.Blob;

/// <summary>
/// Keeps the known blobs in the storage account: a snapshot, and append blobs of what changed since. Reading it twice, or a
/// part of it twice, gives the same result, so that a crash at any point loses nothing.
/// </summary>
internal sealed class KnownBlobsJournal(BlobContainerClient container, string folder) : IDisposable
{
    private const int MaxBlockBytes = 3 * 1024 * 1024;
    private const int MaxBlocksPerPart = 40_000; // Storage ends at 50,000.

    private readonly SemaphoreSlim _writing = new(1, 1);
    private AppendBlobClient? _part;
    private int _parts;
    private int _blocks;

    private BlobClient Snapshot => container.GetBlobClient($"{folder}/known.jsonl");

    private string PartPrefix => $"{folder}/changes-";

    public async Task<IReadOnlyCollection<KnownBlob>> LoadAsync(CancellationToken stopping)
    {
        var known = new Dictionary<string, KnownBlob>();
        await ReplayAsync(Snapshot, known, stopping);
        var parts = new List<string>();
        await foreach (var item in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, PartPrefix, stopping))
        {
            parts.Add(item.Name);
            await ReplayAsync(container.GetBlobClient(item.Name), known, stopping);
        }

        if (parts.Count > 0)
        {
            var lines = known.Values.SelectMany(blob => ToLine(new Change(Present: true, blob))).ToArray();
            await Snapshot.UploadAsync(new BinaryData(lines), overwrite: true, stopping);
            foreach (var part in parts)
            {
                await container.DeleteBlobIfExistsAsync(part, cancellationToken: stopping);
            }
        }

        return known.Values;
    }

    public async Task AppendAsync(bool present, IReadOnlyList<KnownBlob> blobs, CancellationToken stopping)
    {
        await _writing.WaitAsync(stopping);
        try
        {
            using var block = new MemoryStream();
            foreach (var line in blobs.Select(blob => ToLine(new Change(present, blob))))
            {
                if (block.Length + line.Length > MaxBlockBytes)
                {
                    await AppendBlockAsync(block, stopping);
                }

                block.Write(line);
            }

            await AppendBlockAsync(block, stopping);
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose() => _writing.Dispose();

    private async Task AppendBlockAsync(MemoryStream block, CancellationToken stopping)
    {
        if (block.Length == 0)
        {
            return;
        }

        if (_part is null || _blocks >= MaxBlocksPerPart)
        {
            await container.CreateIfNotExistsAsync(cancellationToken: stopping);
            var next = container.GetAppendBlobClient($"{PartPrefix}{_parts:D6}.jsonl");
            await next.CreateIfNotExistsAsync(cancellationToken: stopping);
            (_part, _parts, _blocks) = (next, _parts + 1, 0);
        }

        block.Position = 0;
        try
        {
            await _part.AppendBlockAsync(block, cancellationToken: stopping);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            _part = null; // Storage that was killed has lost it. Whoever appends tries again, to a new one.
            throw;
        }

        _blocks++;
        block.SetLength(0);
    }

    private static byte[] ToLine(Change change) => [.. JsonSerializer.SerializeToUtf8Bytes(change), (byte)'\n'];

    private static async Task ReplayAsync(BlobClient file, Dictionary<string, KnownBlob> known, CancellationToken stopping)
    {
        try
        {
            using var reader = new StreamReader(await file.OpenReadAsync(cancellationToken: stopping));
            while (await reader.ReadLineAsync(stopping) is { } line)
            {
                if (JsonSerializer.Deserialize<Change>(line) is not { } change)
                {
                    continue;
                }

                if (change.Present)
                {
                    known[change.Blob.Name] = change.Blob;
                }
                else if (known.TryGetValue(change.Blob.Name, out var blob) && blob.ETag == change.Blob.ETag)
                {
                    known.Remove(change.Blob.Name);
                }
            }
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
        }
    }

    private sealed record Change(bool Present, KnownBlob Blob);
}
