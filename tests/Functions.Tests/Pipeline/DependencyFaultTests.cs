using System.Net.Http.Json;
using System.Text.Json;
using Shared;

namespace Functions.Tests.Pipeline;

/// <summary>Storage and search fail, are busy, slow or cut the line; the events come again as the host brings them.</summary>
[Long]
public sealed class DependencyFaultTests
{
    /// <summary>As host.json says: what fails so often is given up.</summary>
    private const int HostAttempts = 5;

    [Fact]
    public async Task With_half_of_all_requests_failing_everything_is_processed_within_the_attempts_of_the_host()
    {
        await using var cluster = await Cluster.StartAsync(apps: 2, indexingDelayMilliseconds: 300, throughProxy: true);
        cluster.Proxy.Rate = 0.5;
        await cluster.Search.FaultAsync(
            new { status = 503, rate = 0.2 },
            new
            {
                status = 429,
                rate = 0.15,
                retryAfterSeconds = 1,
            },
            new { status = 500, rate = 0.15 }
        );
        var names = new List<string>();
        for (var group = 0; group < 2; group++)
        {
            var scene = Picture.Scene(700 + group);
            foreach (var bytes in new[] { scene.Jpeg(), scene.Jpeg(), scene.Jpeg(55) })
            {
                names.Add($"group-{group}/{names.Count}.jpg");
                await cluster.UploadAsync(names[^1], bytes);
            }
        }

        await Task.WhenAll(names.Select(name => DeliverAsync(cluster, name)));
        await AssertSettledAsync(cluster);
        Assert.Equal(Enum.GetValues<StorageFault>().Length, cluster.Proxy.Struck.Count);
        for (var group = 0; group < 2; group++)
        {
            Assert.Single(
                await Task.WhenAll(Enumerable.Range(group * 3, 3).Select(number => cluster.StatusAsync($"group-{group}/{number}.jpg"))),
                "indexed"
            );
        }
    }

    [Fact]
    public async Task An_outage_of_storage_fails_deliveries_and_loses_nothing()
    {
        await using var cluster = await Cluster.StartAsync(apps: 1, throughProxy: true);
        await cluster.UploadAsync("one.jpg", Picture.Scene(1).Jpeg());
        await cluster.UploadAsync("two.jpg", Picture.Scene(1).Jpeg());
        Assert.True(await cluster.IngestAsync("one.jpg"));
        cluster.Proxy.Rate = 1;
        Assert.False(await cluster.IngestAsync("two.jpg"));

        // An answer may be one of a moment ago.
        var health = await Patience.UntilAsync(
            async () =>
            {
                using var answer = await cluster.Apps[0].Http.GetAsync("/api/health");
                return (answer.StatusCode, Body: await answer.Content.ReadFromJsonAsync<JsonElement>());
            },
            answer => answer.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable,
            "a health that tells of the outage"
        );
        Assert.Contains("storage account", health.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);

        cluster.Proxy.Rate = 0;
        await DeliverAsync(cluster, "two.jpg");
        await AssertSettledAsync(cluster);
        Assert.Equal(("indexed", "quarantined"), (await cluster.StatusAsync("one.jpg"), await cluster.StatusAsync("two.jpg")));
    }

    [Fact]
    public async Task An_outage_of_search_fails_deliveries_and_loses_nothing()
    {
        await using var cluster = await Cluster.StartAsync(apps: 1);
        await cluster.UploadAsync("one.jpg", Picture.Scene(1).Jpeg());
        await cluster.Search.FaultAsync(new { status = 503 });
        Assert.False(await cluster.IngestAsync("one.jpg"));
        await cluster.UploadAsync("two.jpg", Picture.Scene(1).Jpeg(60));
        Assert.False(await cluster.IngestAsync("two.jpg"));
        await cluster.Search.FaultAsync();
        await Task.WhenAll(DeliverAsync(cluster, "two.jpg"), DeliverAsync(cluster, "one.jpg"));
        await AssertSettledAsync(cluster);
        Assert.Single(new[] { await cluster.StatusAsync("one.jpg"), await cluster.StatusAsync("two.jpg") }, "indexed");
    }

    [Fact]
    public async Task A_search_service_that_hangs_is_named_to_the_caller()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals.");
        await using var cluster = await Cluster.StartAsync(apps: 1, settings: new() { ["Limits__MaxDependencyTime"] = "00:00:02" });
        await cluster.Search.HangAsync();
        using (var hung = await cluster.Apps[0].Http.GetAsync("/api/search?text=cat&mode=words"))
        {
            Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, hung.StatusCode);
            Assert.NotNull(hung.Headers.RetryAfter);
            Assert.Equal(
                "The search service does not answer.",
                (await hung.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("title").GetString()
            );
        }

        await cluster.Search.GoOnAsync();
        await Patience.UntilAsync(
            async () =>
            {
                using var answer = await cluster.Apps[0].Http.GetAsync("/api/search?text=cat&mode=words");
                return answer.StatusCode;
            },
            status => status == System.Net.HttpStatusCode.OK,
            "the search service"
        );
    }

    private static Task DeliverAsync(Cluster cluster, string name) =>
        cluster.UntilHandledAsync(name, HostAttempts, () => cluster.IngestAsync(name));

    /// <summary>The faults are over; what is left to do is done, and all agree.</summary>
    private static async Task AssertSettledAsync(Cluster cluster)
    {
        if (cluster.HasProxy)
        {
            cluster.Proxy.Rate = 0;
        }

        await cluster.Search.FaultAsync();
        await cluster.DrainAsync();
        await cluster.AssertConsistentAsync();
    }
}
