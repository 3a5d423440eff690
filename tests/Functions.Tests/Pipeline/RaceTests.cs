using Azure;
using Azure.Data.Tables;
using Shared;

namespace Functions.Tests.Pipeline;

/// <summary>Two workers, an index that lags: whatever the order of events, the end is the same.</summary>
[Long]
public sealed class RaceTests
{
    [Theory]
    [InlineData(0, 2, 2)]
    [InlineData(2000, 3, 1)]
    [InlineData(10_000, 12, 1)]
    public async Task Of_identical_and_nearly_identical_uploads_at_once_one_stays_and_beside_it_only_what_shows_more(
        int indexingDelayMilliseconds,
        int windowSeconds,
        int groups
    )
    {
        await using var cluster = await Cluster.StartAsync(apps: 2, indexingDelayMilliseconds, TimeSpan.FromSeconds(windowSeconds));
        for (var group = 0; group < groups; group++)
        {
            var scene = Picture.Scene(100 + group);
            byte[][] uploads =
            [
                .. Enumerable.Repeat(scene.Jpeg(), 6),
                scene.Jpeg(60),
                scene.Resized(0.6).Jpeg(),
                scene.WebP(),
                scene.Cropped(0.02).Png(),
            ];
            var names = uploads.Select((_, index) => $"group-{group}/{index}.jpg").ToList();
            await Task.WhenAll(uploads.Select((bytes, index) => cluster.UploadAsync(names[index], bytes)));
            Assert.All(await Task.WhenAll(names.Select(name => cluster.IngestAsync(name))), Assert.True);
            var records = (await Task.WhenAll(names.Select(cluster.FindAsync))).Select(record => record!.Value).ToList();
            var live = records.Where(record => record.GetProperty("status").GetString() == "indexed").ToList();
            Assert.Equal(names.Count - live.Count, records.Count(record => record.GetProperty("status").GetString() == "quarantined"));
            var first = Assert.Single(live, record => record.GetProperty("verdict").GetString() == "new");
            Assert.All(
                live.Where(record => !record.Equals(first)),
                record => Assert.Equal("betterCopy", record.GetProperty("evidence").GetProperty("rule").GetString())
            );
            Assert.InRange(records.Take(6).Count(live.Contains), 0, 1);
        }

        await cluster.DrainAsync();
        await cluster.AssertConsistentAsync();
    }

    [Fact]
    public async Task An_event_delivered_many_times_at_once_is_handled_as_one()
    {
        await using var cluster = await Cluster.StartAsync(apps: 2);
        var bytes = Picture.Scene(200).Jpeg();
        await cluster.UploadAsync("kept.jpg", bytes);
        await cluster.UploadAsync("copy.jpg", bytes);
        Assert.True(await cluster.IngestAsync("kept.jpg"));
        Assert.True(
            (await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => cluster.IngestAsync("copy.jpg")))).All(done => done),
            cluster.Output
        );
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => cluster.RemoveAsync("copy.jpg"))), Assert.True);
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => cluster.IngestAsync("kept.jpg"))), Assert.True);
        Assert.Equal(("indexed", "quarantined"), (await cluster.StatusAsync("kept.jpg"), await cluster.StatusAsync("copy.jpg")));
        await cluster.DrainAsync();
        await cluster.AssertConsistentAsync();
    }

    [Fact]
    public async Task Overwriting_deleting_and_restoring_while_events_are_handled_end_in_agreement()
    {
        await using var cluster = await Cluster.StartAsync(apps: 2, indexingDelayMilliseconds: 500);
        var random = new Random(7);

        // Reconciling is safe at any time, so also now.
        using var stop = new CancellationTokenSource();
        var reconciling = cluster.ReconcileUntilAsync(stop.Token);
        for (var round = 0; round < 4; round++)
        {
            var (a, b) = (Picture.Scene(300 + round).Jpeg(), Picture.Scene(400 + round).Jpeg());
            await cluster.UploadAsync($"r{round}/x.jpg", a);
            await cluster.UploadAsync($"r{round}/y.jpg", a);
            var events = new List<Task<bool>> { cluster.IngestAsync($"r{round}/x.jpg"), cluster.IngestAsync($"r{round}/y.jpg") };
            await Task.Delay(random.Next(60));
            await cluster.UploadAsync($"r{round}/x.jpg", b);
            events.Add(cluster.IngestAsync($"r{round}/x.jpg"));
            await cluster.UploadAsync($"r{round}/z.jpg", b);
            events.Add(cluster.IngestAsync($"r{round}/z.jpg"));
            await Task.Delay(random.Next(60));
            await cluster.UploadAsync($"r{round}/gone.jpg", a);
            events.Add(cluster.IngestAsync($"r{round}/gone.jpg"));
            if (await cluster.Images.GetBlobClient($"r{round}/gone.jpg").ExistsAsync())
            {
                try
                {
                    await cluster.DeleteAsync($"r{round}/gone.jpg");
                }
                catch (Azure.RequestFailedException error) when (error.Status == 404)
                {
                    // It was moved to quarantine in between.
                }
            }

            events.Add(cluster.RemoveAsync($"r{round}/gone.jpg"));
            Assert.True((await Task.WhenAll(events)).All(done => done), cluster.Output);
            if (await cluster.FindAsync($"r{round}/z.jpg") is { } z && z.GetProperty("status").GetString() == "quarantined")
            {
                using var restored = await cluster.RestoreAsync(z);
                Assert.True(restored.IsSuccessStatusCode);
                Assert.True(await cluster.IngestAsync($"r{round}/z.jpg"));
            }
        }

        await stop.CancelAsync();
        await reconciling;
        await cluster.DrainAsync();
        await cluster.AssertConsistentAsync();
    }

    [Fact]
    public async Task A_copy_that_is_deleted_between_its_verdict_and_its_move_is_forgotten()
    {
        await using var cluster = await Cluster.StartAsync(apps: 1);
        var bytes = Picture.Scene(500).Jpeg();
        await cluster.TakeInAsync("kept.jpg", bytes);
        await cluster.TakeInAsync("copy.jpg", bytes);

        // As it was before the move: the verdict is written, nothing is copied. The deletion is somebody else's.
        await foreach (var moved in cluster.Quarantine.GetBlobsAsync())
        {
            await cluster.Quarantine.DeleteBlobAsync(moved.Name);
        }

        var id = new Serverless.Storage.ImagePath("images", "copy.jpg").Id;
        var records = cluster.Table("ImageRecords");
        await records.UpdateEntityAsync(new TableEntity(id[..2], id) { ["State"] = "Quarantining" }, ETag.All, TableUpdateMode.Merge);
        cluster.Forget("copy.jpg");

        Assert.True(await cluster.RemoveAsync("copy.jpg"), cluster.Output);

        var record = await records.GetEntityIfExistsAsync<TableEntity>(id[..2], id);
        Assert.Equal("Removed", record.HasValue ? record.Value!["State"] : "Removed");
        await cluster.DrainAsync();
        await cluster.AssertConsistentAsync();
    }

    [Fact]
    public async Task An_index_of_another_model_is_refused_with_the_way_out()
    {
        await using var cluster = await Cluster.StartAsync(apps: 1);
        var other = new Serverless.Embeddings.EmbeddingModel(
            "clip-vit-b-32",
            "0123456789abcdef",
            "onnx",
            512,
            128,
            Serverless.Embeddings.ModelThresholds.Uncalibrated
        );
        var creation = new Serverless.Search.IndexCreation(
            Microsoft.Extensions.Options.Options.Create(
                new Serverless.Search.SearchOptions
                {
                    Endpoint = cluster.Settings["Search__Endpoint"],
                    ApiKey = cluster.Settings["Search__ApiKey"],
                    CertificateFile = cluster.Settings["Search__CertificateFile"],
                }
            )
        );
        await creation.CreateAsync(Serverless.Search.IndexDefinition.Of("other", other), default);
        var said = await AppProcess.RefusalAsync(new Dictionary<string, string>(cluster.Settings) { ["Search__Index"] = "other" });
        Assert.Contains("clip-vit-b-32-0123456789ab", said, StringComparison.Ordinal);
        Assert.Contains("set Search:Index to a new name", said, StringComparison.Ordinal);
    }
}
