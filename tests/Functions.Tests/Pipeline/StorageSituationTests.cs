using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Shared;

namespace Functions.Tests.Pipeline;

/// <summary>Blobs that cannot be read or moved now, or are no images at all.</summary>
public sealed class StorageSituationTests(StorageSituationTests.Shared shared) : IClassFixture<StorageSituationTests.Shared>
{
    private readonly Cluster cluster = shared.Cluster;

    [Fact]
    public async Task An_archived_image_waits_with_a_reason_and_is_judged_when_it_is_rehydrated()
    {
        var scene = Picture.Scene(8100);
        await cluster.TakeInAsync("archive/kept.jpg", scene.Jpeg());
        await cluster.UploadAsync("archive/archived.jpg", scene.Jpeg(60));
        await cluster.Blob("archive/archived.jpg").SetAccessTierAsync(AccessTier.Archive);
        Assert.True(await cluster.IngestAsync("archive/archived.jpg"), cluster.Output);
        var waiting = (await cluster.FindAsync("archive/archived.jpg"))!.Value;
        Assert.Equal("waiting", waiting.GetProperty("status").GetString());
        Assert.Contains("Archive tier", waiting.GetProperty("reason").GetString(), StringComparison.Ordinal);

        await cluster.Blob("archive/archived.jpg").SetAccessTierAsync(AccessTier.Hot);
        await cluster.DrainAsync();
        Assert.Equal("quarantined", await cluster.StatusAsync("archive/archived.jpg"));
        await cluster.AssertConsistentAsync();
    }

    [Fact]
    public async Task What_resembles_an_archived_image_is_never_moved_because_of_it()
    {
        var scene = Picture.Scene(8101);
        await cluster.TakeInAsync("frozen/kept.jpg", scene.Jpeg());
        await cluster.Blob("frozen/kept.jpg").SetAccessTierAsync(AccessTier.Archive);
        await cluster.TakeInAsync("frozen/later.jpg", scene.Jpeg(60));
        var record = (await cluster.FindAsync("frozen/later.jpg"))!.Value;
        Assert.Equal(
            ("indexed", "lookAlike", "originalUnreadable"),
            (
                record.GetProperty("status").GetString(),
                record.GetProperty("verdict").GetString(),
                record.GetProperty("evidence").GetProperty("rule").GetString()
            )
        );
        await cluster.Blob("frozen/kept.jpg").SetAccessTierAsync(AccessTier.Hot);
    }

    [Fact]
    public async Task A_leased_copy_says_so_and_is_moved_when_the_lease_has_ended()
    {
        var scene = Picture.Scene(8102);
        await cluster.TakeInAsync("lease/kept.jpg", scene.Jpeg());
        await cluster.UploadAsync("lease/copy.jpg", scene.Jpeg(60));
        var lease = cluster.Blob("lease/copy.jpg").GetBlobLeaseClient();
        await lease.AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration);
        Assert.True(await cluster.IngestAsync("lease/copy.jpg"), cluster.Output);
        var waiting = (await cluster.FindAsync("lease/copy.jpg"))!.Value;
        Assert.Equal(("waiting", "copy"), (waiting.GetProperty("status").GetString(), waiting.GetProperty("verdict").GetString()));
        Assert.Contains("lease", waiting.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("images/lease/kept.jpg", waiting.GetProperty("duplicateOf").GetProperty("path").GetString());

        await lease.ReleaseAsync();
        await cluster.DrainAsync();
        var moved = (await cluster.FindAsync("lease/copy.jpg"))!.Value;
        Assert.Equal("quarantined", moved.GetProperty("status").GetString());
        Assert.Null(moved.GetProperty("reason").GetString());
        await cluster.AssertConsistentAsync();
    }

    [Fact]
    public async Task The_marker_of_a_folder_has_no_record_and_an_empty_file_is_rejected()
    {
        await cluster
            .Blob("folder")
            .UploadAsync(
                BinaryData.FromBytes(Array.Empty<byte>()),
                new BlobUploadOptions { Metadata = new Dictionary<string, string> { ["hdi_isfolder"] = "true" } }
            );
        Assert.True(await cluster.IngestAsync("folder"), cluster.Output);
        Assert.Null(await cluster.FindAsync("folder"));
        await cluster.Blob("empty.jpg").UploadAsync(BinaryData.FromBytes(Array.Empty<byte>()));
        Assert.True(await cluster.IngestAsync("empty.jpg"), cluster.Output);
        Assert.Equal("rejected", await cluster.StatusAsync("empty.jpg"));
    }

    public sealed class Shared : IAsyncLifetime
    {
        internal Cluster Cluster { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Cluster = await Cluster.StartAsync(apps: 1, visibilityWindow: TimeSpan.FromSeconds(1));

        public ValueTask DisposeAsync() => Cluster.DisposeAsync();
    }
}
