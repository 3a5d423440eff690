using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Serverless.Api;

/// <summary>
/// A bounded in-memory cache of thumbnails. Each is made once per content and size, for any number of concurrent requests; keyed by the
/// content's hash, it is never stale.
/// </summary>
internal sealed class ThumbnailCache(IOptions<ThumbnailOptions> options) : IDisposable
{
    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = options.Value.CacheBytes, CompactionPercentage = 0.2 });
    private readonly ConcurrentDictionary<(string Sha256, int Size), Lazy<Task<byte[]>>> underway = new();

    public async Task<byte[]> GetAsync(string sha256, int size, Func<Task<byte[]>> make, CancellationToken cancellation)
    {
        var key = (sha256, size);
        if (kept.TryGetValue(key, out byte[]? thumbnail))
        {
            return thumbnail!;
        }

        // One caller may cancel; the others still need it.
        var making = underway.GetOrAdd(key, _ => new Lazy<Task<byte[]>>(() => MakeAsync(key, make)));
        return await making.Value.WaitAsync(cancellation);
    }

    public void Dispose() => kept.Dispose();

    private async Task<byte[]> MakeAsync((string Sha256, int Size) key, Func<Task<byte[]>> make)
    {
        try
        {
            var thumbnail = await make();
            kept.Set(key, thumbnail, new MemoryCacheEntryOptions { Size = thumbnail.Length + 128 });
            return thumbnail;
        }
        finally
        {
            underway.TryRemove(key, out _);
        }
    }
}
