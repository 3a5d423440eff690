using Serverless.Embeddings;

namespace Serverless.Categories;

/// <summary>The categories as this worker knows them. Another worker's change reaches it within <see cref="Longest"/>.</summary>
internal sealed class KnownCategories(CategoryTable table, EmbeddingModel model, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim reading = new(1);
    private (CategorySet Set, long At)? known;

    public async Task<CategorySet> OfTodayAsync(CancellationToken cancellation) =>
        known is { } last && time.GetElapsedTime(last.At) < Longest ? last.Set : await ReadAsync(Longest, cancellation);

    /// <summary>As they are now.</summary>
    public Task<CategorySet> ReadAsync(CancellationToken cancellation) => ReadAsync(TimeSpan.Zero, cancellation);

    public void Dispose() => reading.Dispose();

    private async Task<CategorySet> ReadAsync(TimeSpan longest, CancellationToken cancellation)
    {
        await reading.WaitAsync(cancellation);
        try
        {
            if (known is { } other && time.GetElapsedTime(other.At) < longest)
            {
                return other.Set;
            }

            var now = time.GetTimestamp();
            var isSame = known is { } last && last.Set.Shelf.Version == await table.VersionAsync(cancellation);
            var set = isSame ? known!.Value.Set : new CategorySet(await table.ReadAsync(cancellation), model);
            known = (set, now);
            return set;
        }
        finally
        {
            reading.Release();
        }
    }
}
