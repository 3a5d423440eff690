using Azure.Data.Tables;
using Serverless.Storage;
using Shared;

namespace Functions.Tests.Pipeline;

/// <summary>A file at which the app itself is killed, twice, is told from those beside it and left alone.</summary>
public sealed class DeadlyImageTests
{
    /// <summary>Well into the work on one image, before its verdict.</summary>
    private const int InTheMiddle = 8;

    [Fact]
    public async Task What_the_app_was_killed_at_twice_is_rejected_with_that_reason_and_the_rest_goes_on()
    {
        await using var cluster = await Cluster.StartAsync(apps: 1);
        await cluster.UploadAsync("deadly.jpg", Picture.Scene(1).Jpeg());
        for (var time = 1; time <= 2; time++)
        {
            await KillAtAsync(cluster, "deadly.jpg");
            var areAlone = (await NotesAsync(cluster, "deadly.jpg")).Select(note => note.GetBoolean("Alone")).Order();
            Assert.Equal(time == 1 ? [false] : [false, true], areAlone);
        }

        var verdict = cluster.IngestAsync("deadly.jpg");
        await cluster.TakeInAsync("innocent.jpg", Picture.Scene(2).Jpeg());
        Assert.True(await verdict, cluster.Output);
        await cluster.DrainAsync();

        var record = (await cluster.FindAsync("deadly.jpg"))!.Value;
        Assert.Equal("rejected", record.GetProperty("status").GetString());
        Assert.Contains("crashed twice", record.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.True(await cluster.Blob("deadly.jpg").ExistsAsync());
        Assert.Empty(await NotesAsync(cluster, "deadly.jpg"));
        Assert.Equal("indexed", await cluster.StatusAsync("innocent.jpg"));

        // Nothing of the one before counts for the next version.
        await cluster.TakeInAsync("deadly.jpg", Picture.Scene(3).Jpeg());
        Assert.Equal("indexed", await cluster.StatusAsync("deadly.jpg"));
        await cluster.DrainAsync();
        await cluster.AssertConsistentAsync();
    }

    [Fact]
    public async Task What_was_worked_on_when_the_app_was_killed_once_is_judged()
    {
        await using var cluster = await Cluster.StartAsync(apps: 1);
        await cluster.UploadAsync("unlucky.jpg", Picture.Scene(1).Jpeg());
        await KillAtAsync(cluster, "unlucky.jpg");
        Assert.True(await cluster.IngestAsync("unlucky.jpg"), cluster.Output);
        Assert.Equal("indexed", await cluster.StatusAsync("unlucky.jpg"));
        Assert.Empty(await NotesAsync(cluster, "unlucky.jpg"));
    }

    private static async Task KillAtAsync(Cluster cluster, string name)
    {
        await using var victim = await Victim.StartAsync(cluster, InTheMiddle);
        await victim.ArmAsync();
        Assert.False(await cluster.IngestAsync(name, victim.App));
        await victim.LastStepAsync();
    }

    private static async Task<List<TableEntity>> NotesAsync(Cluster cluster, string name)
    {
        var id = new ImagePath("images", name).Id;
        return await cluster.Table("ImageAttempts").QueryAsync<TableEntity>(row => row.PartitionKey == id).ToListAsync();
    }
}
