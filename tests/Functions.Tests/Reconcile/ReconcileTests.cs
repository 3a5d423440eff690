using System.Text.Json;
using Azure.Data.Tables;
using Azure.Search.Documents.Models;
using Azure.Storage.Blobs.Models;
using Functions.Tests.Pipeline;
using Serverless.Storage;
using Shared;

namespace Functions.Tests.Reconcile;

/// <summary>
/// Bucket, index and ledger are made to disagree in every way; a dry run tells, a run repairs, and then nothing is left to tell.
/// </summary>
[Long]
public sealed class ReconcileTests
{
    private static readonly string[] Broken =
    [
        "leftoverAnnouncement",
        "lostCopy",
        "missedDeletion",
        "missedUpload",
        "missingDocument",
        "orphanCopy",
        "orphanDocument",
        "stuck",
        "wrongListing",
    ];

    [Fact]
    public async Task Every_kind_of_difference_is_told_by_a_dry_run_and_repaired_by_a_run()
    {
        await using var cluster = await Cluster.StartAsync(apps: 1, visibilityWindow: TimeSpan.FromSeconds(1));
        await PrepareAsync(cluster);

        var dry = await Patience.UntilAsync(() => cluster.ReconcileAsync(dryRun: true), report => Broken.All(Kinds(report).Contains));
        Assert.All(
            dry.GetProperty("differences").EnumerateArray(),
            difference => Assert.False(difference.GetProperty("repaired").GetBoolean())
        );
        Assert.Equal(Kinds(dry), Kinds(await cluster.ReconcileAsync(dryRun: true)));

        var run = await cluster.ReconcileAsync();
        Assert.Equal(Kinds(dry), Kinds(run));
        Assert.All(
            run.GetProperty("differences").EnumerateArray(),
            difference => Assert.True(difference.GetProperty("repaired").GetBoolean(), difference.ToString())
        );
        await cluster.DrainAsync();

        await Patience.UntilAsync(() => cluster.ReconcileAsync(dryRun: true), report => report.GetProperty("found").GetInt32() == 0);
        await cluster.AssertConsistentAsync();
        Assert.Equal("indexed", await cluster.StatusAsync("missed.jpg"));
        Assert.Null(await cluster.FindAsync("deleted.jpg"));
        Assert.Null(await cluster.FindAsync("lost.jpg"));
        Assert.Equal("quarantined", await cluster.StatusAsync("orphan.jpg"));
        using var restored = await cluster.RestoreAsync((await cluster.FindAsync("orphan.jpg"))!.Value);
        Assert.True(restored.IsSuccessStatusCode, await restored.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_nightly_function_repairs_too()
    {
        await using var cluster = await Cluster.StartAsync(apps: 1, visibilityWindow: TimeSpan.FromSeconds(1));
        await cluster.UploadAsync("missed.jpg", Picture.Scene(1).Jpeg());
        await Patience.UntilAsync(() => cluster.ReconcileAsync(dryRun: true), report => Kinds(report).Contains("missedUpload"));
        Assert.True(await cluster.Apps[0].TriggerAsync(Trigger.Timer("Reconcile")));
        await cluster.DrainAsync();
        Assert.Equal("indexed", await cluster.StatusAsync("missed.jpg"));
    }

    [Fact]
    public async Task A_document_that_an_older_version_wrote_gets_its_words()
    {
        await using var cluster = await Cluster.StartAsync(apps: 1, visibilityWindow: TimeSpan.FromSeconds(1));
        await cluster.TakeInAsync("StairCase.jpg", Picture.Scene(1).Jpeg());
        await cluster
            .Index()
            .MergeDocumentsAsync([
                new SearchDocument
                {
                    ["id"] = IdOf("StairCase.jpg"),
                    ["name"] = null,
                    ["words"] = Array.Empty<string>(),
                    ["wordsVersion"] = null,
                },
            ]);
        Assert.Equal(0, (await cluster.GetAsync("/api/search?text=stair&mode=words")).GetProperty("results").GetArrayLength());
        await Patience.UntilAsync(() => cluster.ReconcileAsync(dryRun: true), report => Kinds(report).Contains("outdatedDocument"));
        await cluster.ReconcileAsync();
        Assert.Equal(1, (await cluster.GetAsync("/api/search?text=stair&mode=words")).GetProperty("results").GetArrayLength());
        Assert.DoesNotContain("outdatedDocument", Kinds(await cluster.ReconcileAsync()));
    }

    /// <summary>Storage that was killed may forget that an original was deleted, and still know that its image is in quarantine.</summary>
    [Fact]
    public async Task An_original_that_is_there_again_in_the_version_that_was_moved_is_moved_again()
    {
        await using var cluster = await Cluster.StartAsync(apps: 1, visibilityWindow: TimeSpan.FromSeconds(1));
        await cluster.TakeInAsync("kept.jpg", Picture.Scene(1).Jpeg());
        await cluster.TakeInAsync("copy.jpg", Picture.Scene(1).Jpeg(60));
        await cluster.DrainAsync();
        Assert.Equal("quarantined", await cluster.StatusAsync("copy.jpg"));

        await cluster.UploadAsync("copy.jpg", Picture.Scene(1).Jpeg(60));
        var version = (await cluster.Blob("copy.jpg").GetPropertiesAsync()).Value.ETag.ToString("H");
        await cluster
            .Table("ImageRecords")
            .UpdateEntityAsync(
                new TableEntity(IdOf("copy.jpg")[..2], IdOf("copy.jpg")) { ["BlobETag"] = version },
                Azure.ETag.All,
                TableUpdateMode.Merge
            );
        await Patience.UntilAsync(() => cluster.ReconcileAsync(dryRun: true), report => Kinds(report).Contains("missedUpload"));

        await cluster.ReconcileAsync();
        await cluster.DrainAsync();
        await Patience.UntilAsync(() => cluster.ReconcileAsync(dryRun: true), report => report.GetProperty("found").GetInt32() == 0);
        Assert.False(await cluster.Blob("copy.jpg").ExistsAsync());
        await cluster.AssertConsistentAsync();
    }

    /// <summary>As after an upload that storage lost with its record, and that was made again.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_second_copy_in_quarantine_is_deleted_only_where_the_first_has_the_same_bytes(bool areSame)
    {
        await using var cluster = await Cluster.StartAsync(apps: 1, visibilityWindow: TimeSpan.FromSeconds(1));
        await cluster.TakeInAsync("kept.jpg", Picture.Scene(1).Jpeg());
        await cluster.TakeInAsync("copy.jpg", Picture.Scene(1).Jpeg(60));
        await cluster.DrainAsync();
        var first = (await cluster.Quarantine.GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata }).ToListAsync()).Single();
        var bytes = areSame
            ? (await cluster.Quarantine.GetBlobClient(first.Name).DownloadContentAsync()).Value.Content
            : BinaryData.FromBytes(Picture.Scene(2).Jpeg());
        var second = cluster.Quarantine.GetBlobClient("0x1/copy.jpg");
        await second.UploadAsync(bytes, new BlobUploadOptions { Metadata = first.Metadata });
        await Patience.UntilAsync(() => cluster.ReconcileAsync(dryRun: true), report => Kinds(report).Contains("orphanCopy"));

        await cluster.ReconcileAsync();
        Assert.Equal(!areSame, (await second.ExistsAsync()).Value);
        Assert.True((await cluster.Quarantine.GetBlobClient(first.Name).ExistsAsync()).Value);
    }

    private static async Task PrepareAsync(Cluster cluster)
    {
        foreach (
            var (name, scene) in new[]
            {
                ("kept.jpg", 1),
                ("deleted.jpg", 2),
                ("unindexed.jpg", 3),
                ("stuck.jpg", 4),
                ("lost-original.jpg", 5),
                ("lost.jpg", 5),
                ("orphan.jpg", 1),
            }
        )
        {
            await cluster.UploadAsync(name, Picture.Scene(scene).Jpeg());
            Assert.True(await cluster.IngestAsync(name), cluster.Output);
        }

        await cluster.DrainAsync();
        await cluster.DeleteAsync("deleted.jpg");
        await cluster.Index().DeleteDocumentsAsync("id", [IdOf("unindexed.jpg")]);
        await cluster
            .Index()
            .UploadDocumentsAsync([
                new SearchDocument
                {
                    ["id"] = new string('0', 32),
                    ["path"] = "images/never.jpg",
                    ["uploadedAt"] = DateTimeOffset.UtcNow,
                },
            ]);
        await cluster
            .Table("ImageRecords")
            .UpdateEntityAsync(
                new TableEntity(IdOf("stuck.jpg")[..2], IdOf("stuck.jpg")) { ["State"] = "Announced" },
                Azure.ETag.All,
                TableUpdateMode.Merge
            );
        await foreach (var blob in cluster.Quarantine.GetBlobsAsync())
        {
            if (blob.Name.EndsWith("/lost.jpg", StringComparison.Ordinal))
            {
                await cluster.Quarantine.DeleteBlobAsync(blob.Name);
                cluster.Forget("lost.jpg");
            }
        }

        await cluster.Table("ImageRecords").DeleteEntityAsync(IdOf("orphan.jpg")[..2], IdOf("orphan.jpg"), Azure.ETag.All);

        // Its recheck is lost, and so is the event of the next one.
        await cluster.UploadAsync("forgotten.jpg", Picture.Scene(6).Jpeg());
        Assert.True(await cluster.IngestAsync("forgotten.jpg"), cluster.Output);
        await cluster.Queue("recheck-image").ClearMessagesAsync();
        await cluster.UploadAsync("missed.jpg", Picture.Scene(7).Jpeg());
    }

    private static string IdOf(string name) => new ImagePath("images", name).Id;

    private static string[] Kinds(JsonElement report) =>
        [
            .. report
                .GetProperty("differences")
                .EnumerateArray()
                .Select(difference => difference.GetProperty("kind").GetString()!)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
}
