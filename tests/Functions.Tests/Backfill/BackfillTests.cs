using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Functions.Tests.Pipeline;
using Shared;

namespace Functions.Tests.Backfill;

/// <summary>A bucket that was full before the app came.</summary>
[Long]
public sealed class BackfillTests
{
    private const int Blobs = 120;

    [Fact]
    public async Task A_full_bucket_is_estimated_capped_cancelled_resumed_and_taken_in_once()
    {
        await using var cluster = await Cluster.StartAsync(apps: 1);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Blobs),
            async (number, _) =>
                await cluster.UploadAsync(
                    $"{(number % 2 == 0 ? "even" : "odd")}/{number:000}.jpg",
                    Picture.Scene(2000 + number, 160, 120).Jpeg()
                )
        );

        var estimate = await FinishedAsync(cluster, await StartAsync(cluster, new { container = "images", dryRun = true }));
        Assert.Equal((Blobs, Blobs, 0, 0), Counts(estimate));
        Assert.True(estimate.GetProperty("bytes").GetInt64() > 0);
        Assert.Empty(await cluster.DocumentsAsync());
        var takes = estimate.GetProperty("estimate");
        Assert.InRange(takes.GetProperty("seconds").GetInt64(), 1, Blobs);
        Assert.False(takes.GetProperty("isMeasured").GetBoolean());
        Assert.Equal(0, takes.GetProperty("embeddingUsd").GetDecimal());
        Assert.InRange(estimate.GetProperty("estimatedUsd").GetDecimal(), 0.00001m, 0.1m);

        var capped = await FinishedAsync(
            cluster,
            await StartAsync(
                cluster,
                new
                {
                    container = "images",
                    prefix = "even/",
                    max = 10,
                }
            )
        );
        Assert.Equal((10, 10), (capped.GetProperty("queued").GetInt32(), capped.GetProperty("done").GetInt32()));
        Assert.Contains("10 images", capped.GetProperty("reason").GetString(), StringComparison.Ordinal);

        var id = await StartAsync(cluster, new { container = "images" });
        await cluster.DrainOnceAsync("backfill-page", "BackfillPage");
        await DeliverAsync(cluster, cluster.Apps[0], id, slice: 0);
        Assert.Equal("cancelled", (await cluster.SendDeleteAsync($"/api/backfill/{id}")).GetProperty("status").GetString());
        await cluster.DrainAsync();
        var cancelled = await cluster.GetAsync($"/api/backfill/{id}");
        Assert.Equal(("cancelled", 25), (cancelled.GetProperty("status").GetString(), cancelled.GetProperty("done").GetInt32()));
        Assert.Equal(35, await RecordsAsync(cluster));

        await cluster.PostAsync($"/api/backfill/{id}/resume");
        var whole = await FinishedAsync(cluster, id);
        Assert.Equal((Blobs, Blobs - 10, 10, Blobs - 10), Counts(whole));
        Assert.True(whole.GetProperty("imagesPerSecond").GetDouble() > 0);
        var again = await FinishedAsync(cluster, await StartAsync(cluster, new { container = "images" }));
        Assert.Equal(0, again.GetProperty("queued").GetInt32());
        Assert.Equal(4, (await cluster.GetAsync("/api/backfill")).GetProperty("jobs").GetArrayLength());
        await cluster.AssertConsistentAsync();
    }

    [Fact]
    public async Task Slices_go_to_several_workers_and_what_a_killed_one_left_is_done_by_another()
    {
        await using var cluster = await Cluster.StartAsync(apps: 2);
        for (var number = 0; number < 60; number++)
        {
            await cluster.UploadAsync($"{number:00}.jpg", Picture.Scene(3000 + number, 160, 120).Jpeg());
        }

        var id = await StartAsync(cluster, new { container = "images" });
        await Task.WhenAll(
            cluster.Apps.Select(app => app.TriggerAsync(Trigger.Message("BackfillPage", JsonSerializer.Serialize(new { id }))))
        );

        // Each slice to one app, and one of them to both at once.
        var victim = cluster.Apps[1];
        var slices = new[]
        {
            DeliverAsync(cluster, cluster.Apps[0], id, slice: 0),
            DeliverAsync(cluster, victim, id, slice: 0),
            DeliverAsync(cluster, victim, id, slice: 1),
        };
        await Patience.UntilAsync(async () => await RecordsAsync(cluster) >= 5);
        await victim.KillAsync();
        await Task.WhenAll(slices);
        await victim.DisposeAsync();
        cluster.Apps.Remove(victim);
        Assert.Equal((60, 60, 0, 60), Counts(await FinishedAsync(cluster, id)));
        await cluster.AssertConsistentAsync();
    }

    [Fact]
    public async Task A_bucket_that_is_only_reported_on_stays_as_it_is_and_the_report_says_what_could_go()
    {
        await using var cluster = await Cluster.StartAsync(apps: 1);
        var (cat, dog) = (Picture.Scene(3100, 160, 120).Jpeg(), Picture.Scene(3101, 160, 120).Jpeg());
        foreach (var name in new[] { "cat.jpg", "=cat, again.jpg", "cat-3.jpg" })
        {
            await cluster.UploadAsync(name, cat);
        }

        await cluster.UploadAsync("dog.jpg", dog);
        await FinishedAsync(cluster, await StartAsync(cluster, new { container = "images", reportOnly = true }));
        foreach (var name in new[] { "cat.jpg", "=cat, again.jpg", "cat-3.jpg", "dog.jpg" })
        {
            Assert.Equal("indexed", await cluster.StatusAsync(name));
            Assert.True((await cluster.Blob(name).ExistsAsync()).Value, name);
        }

        await cluster.AssertConsistentAsync();
        var totals = await cluster.GetAsync("/api/duplicates/totals");
        Assert.Equal((0, 2, 2L * cat.Length), (Number("quarantined"), Number("copies"), Number("copiesBytes")));
        var group = Assert.Single((await cluster.GetAsync("/api/duplicates/report")).GetProperty("groups").EnumerateArray());
        Assert.Equal(2 * cat.Length, group.GetProperty("freedBytes").GetInt64());
        Assert.Equal(["copy", "copy"], group.GetProperty("members").EnumerateArray().Select(one => one.GetProperty("status").GetString()));
        var first = await cluster.GetAsync("/api/duplicates/report?top=1");
        var rest = await cluster.GetAsync($"/api/duplicates/report?top=1&continuation={first.GetProperty("continuation").GetString()}");
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("continuation").ValueKind);

        var csv = (await cluster.Apps[0].Http.GetStringAsync("/api/duplicates/report?format=csv")).TrimEnd().Split("\r\n");
        Assert.Equal(3, csv.Length);
        Assert.StartsWith("group,kept,id,path,status,bytes,freedBytes", csv[0], StringComparison.Ordinal);
        Assert.All(
            csv[1..],
            line => Assert.Contains($",copy,{cat.Length},{cat.Length},1,sameBytes,false,", line, StringComparison.Ordinal)
        );

        // Later uploads are judged as ever, and what was reported is live for them.
        await cluster.TakeInAsync("dog-2.jpg", dog);
        Assert.Equal("quarantined", await cluster.StatusAsync("dog-2.jpg"));

        long Number(string name) => totals.GetProperty(name).GetInt64();
    }

    [Fact]
    public async Task Wrong_requests_are_refused_with_what_is_right()
    {
        await using var cluster = await Cluster.StartAsync(apps: 1);
        foreach (
            var (body, status, said) in new (object, HttpStatusCode, string)[]
            {
                (new { container = "other" }, HttpStatusCode.BadRequest, "'container' must be 'images'"),
                (new { prefix = "a/" }, HttpStatusCode.BadRequest, "'container' must be 'images'"),
                (
                    new
                    {
                        container = "images",
                        reportOnly = true,
                        work = "describe",
                    },
                    HttpStatusCode.BadRequest,
                    "'work' is 'describe'"
                ),
                (new { container = "images", max = 0 }, HttpStatusCode.BadRequest, "'max' must be at least 1"),
                (new { container = "images", maximum = 3 }, HttpStatusCode.BadRequest, "maximum"),
            }
        )
        {
            using var response = await cluster.Apps[0].Http.PostAsJsonAsync("/api/backfill", body);
            Assert.Equal(status, response.StatusCode);
            Assert.Contains(
                said,
                (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(),
                StringComparison.Ordinal
            );
        }

        using var unknown = await cluster.Apps[0].Http.GetAsync($"/api/backfill/{new string('a', 32)}");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var odd = await cluster.Apps[0].Http.GetAsync("/api/backfill/%27%20or%20true");
        Assert.Equal(HttpStatusCode.NotFound, odd.StatusCode);
    }

    private static Task<bool> DeliverAsync(Cluster cluster, AppProcess app, string id, int slice) =>
        app.TriggerAsync(Trigger.Message("BackfillSlice", JsonSerializer.Serialize(new { id, number = slice })));

    private static async Task<int> RecordsAsync(Cluster cluster) =>
        await cluster.Table("ImageRecords").QueryAsync<TableEntity>(select: ["RowKey"]).CountAsync();

    private static async Task<string> StartAsync(Cluster cluster, object request) =>
        (await cluster.PostAsync("/api/backfill", request)).GetProperty("id").GetString()!;

    private static async Task<JsonElement> FinishedAsync(Cluster cluster, string id)
    {
        await cluster.DrainAsync();
        var job = await cluster.GetAsync($"/api/backfill/{id}");
        Assert.Equal("completed", job.GetProperty("status").GetString());
        return job;
    }

    private static (int Found, int Queued, int Skipped, int Done) Counts(JsonElement job) =>
        (
            job.GetProperty("found").GetInt32(),
            job.GetProperty("queued").GetInt32(),
            job.GetProperty("skipped").GetInt32(),
            job.GetProperty("done").GetInt32()
        );
}
