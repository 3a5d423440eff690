using System.Runtime.InteropServices;
using Azure;
using Azure.Data.Tables;
using Serverless.Storage;

namespace Serverless.Embeddings.Hosted;

/// <summary>
/// Remembers every vector by content and model, in a table that all workers share: what was paid for once is never paid for
/// again. A worker puts its claim there before it asks; others that hold the same content wait for what it gets. The claim of
/// a worker that died runs out.
/// </summary>
internal sealed class EmbeddingCache(
    IHostedEmbedder inner,
    TableServiceClient service,
    HostedProvider provider,
    StorageClock storage,
    TimeProvider clock
) : IHostedEmbedder
{
    private const string VectorColumn = "Vector";
    private const string ClaimColumn = "Claimed";
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    private readonly TableClient table = service.GetTableClient("EmbeddingCache");
    private readonly string revision = provider.Model.Revision;

    /// <summary>Longer than the owner of a claim ever takes.</summary>
    private TimeSpan ClaimTime => provider.Options.Patience + TimeSpan.FromSeconds(30);

    public Task EnsureAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    public async Task<HostedVector> EmbedAsync(HostedInput input, bool isQuery, CancellationToken cancellation)
    {
        // 256 partitions for each model; the key of a text never meets that of an image.
        var (partition, key) = ($"{revision[..16]}-{input.Hash[..2]}", $"{(input is TextInput ? 't' : 'i')}-{input.Hash}");
        while (true)
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellation);
            var row = found.HasValue ? found.Value : null;
            if (VectorIn(row) is { } vector)
            {
                HostedMetrics.Known(provider.Facts.Name);
                return new HostedVector(vector, 0, 0);
            }

            if (row?.ContainsKey(ClaimColumn) == true && row.Timestamp + ClaimTime > await storage.NowAsync(cancellation))
            {
                await Task.Delay(Poll, clock, cancellation);
                continue;
            }

            if (
                await table.TryWriteAsync(new TableEntity(partition, key) { [ClaimColumn] = true }, row?.ETag ?? default, cancellation) is
                { } claim
            )
            {
                return await PayAsync(partition, key, claim, input, isQuery, cancellation);
            }
        }
    }

    private async Task<HostedVector> PayAsync(
        string partition,
        string key,
        ETag claim,
        HostedInput input,
        bool isQuery,
        CancellationToken cancellation
    )
    {
        try
        {
            var paid = await inner.EmbedAsync(input, isQuery, cancellation);
            // Whoever asked may be gone by now; what is paid for is kept all the same.
            await table.UpsertEntityAsync(
                new TableEntity(partition, key) { [VectorColumn] = MemoryMarshal.AsBytes(paid.Vector.AsSpan()).ToArray() },
                TableUpdateMode.Replace,
                CancellationToken.None
            );
            return paid;
        }
        catch (Exception error) when (error is not RequestFailedException)
        {
            await ReleaseAsync(partition, key, claim);
            throw;
        }
    }

    private async Task ReleaseAsync(string partition, string key, ETag claim)
    {
        try
        {
            await table.DeleteEntityAsync(partition, key, claim, CancellationToken.None);
        }
        catch (RequestFailedException)
        {
            // It runs out by itself.
        }
    }

    private float[]? VectorIn(TableEntity? row) =>
        row is not null && new Columns(row).Bytes(VectorColumn) is { } bytes && bytes.Length == provider.Dimensions * sizeof(float)
            ? MemoryMarshal.Cast<byte, float>(bytes).ToArray()
            : null;
}
