using Azure.Data.Tables;
using Functions.Tests.Ledger;
using Serverless.Embeddings;
using Serverless.Embeddings.Hosted;
using Shared;

namespace Functions.Tests.Embeddings.Hosted;

/// <summary>On a real table of Azurite. Each test has a content of its own, as all share the table.</summary>
public sealed class EmbeddingCacheTests(StorageFixture storage)
{
    private static int number;

    [Fact]
    public async Task The_same_content_is_paid_for_once_also_by_another_worker_and_after_a_restart()
    {
        await using var rig = await HostedRig.StartAsync(EmbeddingOptions.Bedrock);
        var input = NewText();

        var paid = await (await CacheAsync(rig)).EmbedAsync(input, isQuery: true, CancellationToken.None);
        var known = await (await CacheAsync(rig)).EmbedAsync(input, isQuery: true, CancellationToken.None);

        Assert.Single(rig.Server.Requests);
        Assert.Equal(paid.Vector, known.Vector);
        Assert.Equal((1, 0, 0m), (paid.Calls, known.Calls, known.Usd));
    }

    [Fact]
    public async Task Workers_that_meet_the_same_content_at_once_pay_once()
    {
        await using var rig = await HostedRig.StartAsync(EmbeddingOptions.AzureVision);
        var (first, second, input) = (await CacheAsync(rig), await CacheAsync(rig), NewText());

        var all = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? first : second).EmbedAsync(input, isQuery: false, CancellationToken.None))
        );

        Assert.Single(rig.Server.Requests);
        Assert.Equal(1, all.Sum(made => made.Calls));
    }

    [Fact]
    public async Task An_image_never_meets_a_text_of_the_same_hash_nor_a_vector_of_another_model_or_length()
    {
        await using var rig = await HostedRig.StartAsync(EmbeddingOptions.Bedrock);
        await using var shorter = await HostedRig.StartAsync(EmbeddingOptions.Bedrock, options => options.Dimensions = 256);
        await using var vision = await HostedRig.StartAsync(EmbeddingOptions.AzureVision);
        var text = NewText();
        var image = new ImageInput(
            text.Hash,
            new(() => ImageNormaliser.ToJpeg(Imaging.Pictures.Checked("scene.jpg"), rig.Provider.Facts.Image))
        );

        await (await CacheAsync(rig)).EmbedAsync(text, true, CancellationToken.None);
        await (await CacheAsync(rig)).EmbedAsync(image, true, CancellationToken.None);
        await (await CacheAsync(vision)).EmbedAsync(text, true, CancellationToken.None);
        var short256 = await (await CacheAsync(shorter)).EmbedAsync(text, true, CancellationToken.None);

        Assert.Equal((2, 1, 1), (rig.Server.Requests.Count, vision.Server.Requests.Count, shorter.Server.Requests.Count));
        Assert.Equal(256, short256.Vector.Length);
    }

    [Fact]
    public async Task A_failure_is_not_remembered()
    {
        await using var rig = await HostedRig.StartAsync(EmbeddingOptions.AzureVision);
        var (cache, input) = (await CacheAsync(rig), NewText());
        rig.Server.Fail(403);

        await Assert.ThrowsAsync<EmbeddingUnavailableException>(() => cache.EmbedAsync(input, true, CancellationToken.None));
        await cache.EmbedAsync(input, true, CancellationToken.None);

        Assert.Equal(2, rig.Server.Requests.Count);
    }

    [Fact]
    public async Task What_was_asked_for_by_somebody_who_went_away_is_kept_all_the_same()
    {
        await using var rig = await HostedRig.StartAsync(EmbeddingOptions.AzureVision);
        var (cache, input, release) = (await CacheAsync(rig), NewText(), new TaskCompletionSource());
        rig.Server.Delay = release.Task;
        using var gone = new CancellationTokenSource();
        var asked = cache.EmbedAsync(input, true, gone.Token);
        await Patience.UntilAsync(() => !rig.Server.Requests.IsEmpty);

        await gone.CancelAsync();
        release.SetResult();
        await asked;

        Assert.Equal(0, (await cache.EmbedAsync(input, true, CancellationToken.None)).Calls);
        Assert.Single(rig.Server.Requests);
    }

    [Fact]
    public async Task Who_goes_away_before_it_was_sent_pays_nothing_and_leaves_no_claim()
    {
        await using var rig = await HostedRig.StartAsync(EmbeddingOptions.AzureVision);
        var (cache, input) = (await CacheAsync(rig), NewText());
        rig.Server.Fail(503, headers: ("Retry-After", "30"));
        using var gone = new CancellationTokenSource();
        var asked = cache.EmbedAsync(input, true, gone.Token);
        await Patience.UntilAsync(() => !rig.Server.Requests.IsEmpty);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);

        await using var other = await HostedRig.StartAsync(EmbeddingOptions.AzureVision);
        Assert.Equal(1, (await (await CacheAsync(other)).EmbedAsync(input, true, CancellationToken.None)).Calls);
        Assert.Single(rig.Server.Requests);
    }

    [Fact]
    public async Task The_claim_of_a_worker_that_died_runs_out()
    {
        await using var rig = await HostedRig.StartAsync(EmbeddingOptions.AzureVision);
        var (cache, input) = (await CacheAsync(rig), NewText());
        await storage
            .Tables()
            .GetTableClient("EmbeddingCache")
            .AddEntityAsync(
                new TableEntity($"{rig.Provider.Model.Revision[..16]}-{input.Hash[..2]}", $"t-{input.Hash}")
                {
                    ["ClaimedUntil"] = DateTimeOffset.UtcNow.AddSeconds(2),
                }
            );

        var made = await cache.EmbedAsync(input, true, CancellationToken.None);

        Assert.Equal((1, 1), (made.Calls, rig.Server.Requests.Count));
    }

    private static TextInput NewText()
    {
        var text = $"red {Guid.NewGuid()} {Interlocked.Increment(ref number)}";
        return new TextInput(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text))),
            text
        );
    }

    private async Task<EmbeddingCache> CacheAsync(HostedRig rig)
    {
        var cache = new EmbeddingCache(rig.Client, storage.Tables(), rig.Provider, StorageFixture.Clock, TimeProvider.System);
        await cache.EnsureAsync(CancellationToken.None);
        return cache;
    }
}
