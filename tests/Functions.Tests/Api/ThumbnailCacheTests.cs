using Microsoft.Extensions.Options;
using Serverless.Api;
using Xunit;

namespace Functions.Tests.Api;

public sealed class ThumbnailCacheTests : IDisposable
{
    private readonly ThumbnailCache cache = new(Options.Create(new ThumbnailOptions { CacheBytes = 10_000 }));
    private int made;

    [Fact]
    public async Task However_many_ask_at_once_a_thumbnail_is_made_once()
    {
        var gate = new TaskCompletionSource();
        var asked = Enumerable.Range(0, 20).Select(_ => cache.GetAsync("a", 320, () => MakeAsync(100, gate.Task), default)).ToList();
        gate.SetResult();
        var answers = await Task.WhenAll(asked);
        await cache.GetAsync("a", 320, () => MakeAsync(100), default);
        Assert.Equal(1, made);
        Assert.All(answers, answer => Assert.Same(answers[0], answer));
    }

    [Fact]
    public async Task Other_content_and_other_sizes_are_other_thumbnails()
    {
        await cache.GetAsync("a", 320, () => MakeAsync(100), default);
        await cache.GetAsync("a", 64, () => MakeAsync(100), default);
        await cache.GetAsync("b", 320, () => MakeAsync(100), default);
        Assert.Equal(3, made);
    }

    [Fact]
    public async Task What_could_not_be_made_is_tried_again()
    {
        await Assert.ThrowsAsync<IOException>(() => cache.GetAsync("a", 320, () => throw new IOException("gone"), default));
        Assert.Equal(100, (await cache.GetAsync("a", 320, () => MakeAsync(100), default)).Length);
    }

    [Fact]
    public async Task One_who_leaves_does_not_keep_the_others_waiting()
    {
        var gate = new TaskCompletionSource();
        using var leaves = new CancellationTokenSource();
        var left = cache.GetAsync("a", 320, () => MakeAsync(100, gate.Task), leaves.Token);
        var stays = cache.GetAsync("a", 320, () => MakeAsync(100), default);
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        gate.SetResult();
        Assert.Equal(100, (await stays).Length);
        Assert.Equal(1, made);
    }

    [Fact]
    public async Task What_is_larger_than_the_bound_is_given_and_not_kept()
    {
        for (var time = 0; time < 2; time++)
        {
            Assert.Equal(20_000, (await cache.GetAsync("a", 2048, () => MakeAsync(20_000), default)).Length);
        }

        Assert.Equal(2, made);
    }

    public void Dispose() => cache.Dispose();

    private async Task<byte[]> MakeAsync(int bytes, Task? gate = null)
    {
        Interlocked.Increment(ref made);
        await (gate ?? Task.CompletedTask);
        return new byte[bytes];
    }
}
