using System.Runtime.InteropServices;
using Azure;
using Azure.Data.Tables;
using Serverless.Storage;

namespace Serverless.Embeddings.Hosted;

/// <summary>
/// Caches every vector by content and model, in a table shared by all workers, so that nothing is paid for twice. A worker stores a claim
/// before it calls the provider; others with the same content wait for its result. A dead worker's claim expires.
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
    private TimeSpan ClaimTime => provider.Options.RetryTimeout + TimeSpan.FromSeconds(30);

    public Task EnsureAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    public async Task<HostedVector> EmbedAsync(HostedInput input, bool isQuery, CancellationToken cancellation)
    {
        // 256 partitions per model; keys of texts and images never collide.
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
            // Not cancellable: the caller may be gone, but what is paid for is stored.
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
            // It expires by itself.
        }
    }

    private float[]? VectorIn(TableEntity? row) =>
        row is not null && new Columns(row).Bytes(VectorColumn) is { } bytes && bytes.Length == provider.Dimensions * sizeof(float)
            ? MemoryMarshal.Cast<byte, float>(bytes).ToArray()
            : null;
}
