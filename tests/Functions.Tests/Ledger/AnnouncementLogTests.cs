using System.Globalization;
using Azure.Data.Tables;
using Serverless.Imaging;
using Serverless.Ledger;
using Serverless.Storage;

namespace Functions.Tests.Ledger;

/// <summary>Each test has a log of its own: the table is emptied of nothing, images and causes are new.</summary>
public sealed class AnnouncementLogTests(StorageFixture storage)
{
    [Fact]
    public async Task Whoever_has_a_place_sees_every_lower_place_whichever_worker_took_it()
    {
        var workers = await WorkersAsync(4);
        var run = Guid.NewGuid().ToString("N");
        var appended = await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(async number =>
                {
                    var worker = workers[number % workers.Count];
                    var place = (await worker.AppendAsync(Announce($"{run}-{number}"), default)).Sequence;
                    return (place, seen: (await worker.BeforeAsync(place, default)).Select(other => other.Sequence).ToHashSet());
                })
        );

        var places = appended.Select(item => item.place).Order().ToList();
        Assert.Equal(places.Count, places.Distinct().Count());
        foreach (var (place, seen) in appended)
        {
            Assert.Empty(places.TakeWhile(other => other < place).Except(seen));
        }
    }

    [Fact]
    public async Task The_same_image_and_cause_keep_their_place_for_every_worker()
    {
        var workers = await WorkersAsync(3);
        var announcement = Announce(Guid.NewGuid().ToString("N"));
        var places = await Task.WhenAll(
            workers.Concat(workers).Select(async worker => (await worker.AppendAsync(announcement, default)).Sequence)
        );
        Assert.Single(places.Distinct());
    }

    [Fact]
    public async Task Another_version_of_an_image_gets_a_later_place()
    {
        var worker = (await WorkersAsync(1))[0];
        var first = await worker.AppendAsync(Announce("again.jpg", cause: Guid.NewGuid().ToString()), default);
        var second = await worker.AppendAsync(Announce("again.jpg", cause: Guid.NewGuid().ToString()), default);
        Assert.True(second.Sequence > first.Sequence);
    }

    [Fact]
    public async Task A_trimmed_announcement_that_is_made_again_gets_a_new_place_that_is_in_the_log()
    {
        var worker = (await WorkersAsync(1))[0];
        var announcement = Announce(Guid.NewGuid().ToString("N"));
        var first = await worker.AppendAsync(announcement, default);
        await worker.TrimAsync(first.Sequence, default);
        Assert.Null(await worker.FindAsync(first.Sequence, default));

        var second = await worker.AppendAsync(announcement, default);
        Assert.True(second.Sequence > first.Sequence);
        Assert.NotNull(await worker.FindAsync(second.Sequence, default));
    }

    [Fact]
    public async Task A_worker_that_starts_later_sees_what_came_before_a_place_that_another_took()
    {
        var workers = await WorkersAsync(2);
        var first = await workers[0].AppendAsync(Announce(Guid.NewGuid().ToString("N")), default);
        var second = await workers[0].AppendAsync(Announce(Guid.NewGuid().ToString("N")), default);
        Assert.Contains(await workers[1].BeforeAsync(second.Sequence, default), other => other.Sequence == first.Sequence);
    }

    [Fact]
    public async Task A_place_that_storage_forgot_is_not_taken_again()
    {
        var worker = (await WorkersAsync(1))[0];
        var kept = await worker.AppendAsync(Announce(Guid.NewGuid().ToString("N")), default);
        var forgotten = await worker.AppendAsync(Announce(Guid.NewGuid().ToString("N")), default);
        await ForgetAsync(kept.Sequence, forgotten.Sequence);

        var next = await worker.AppendAsync(Announce(Guid.NewGuid().ToString("N")), default);
        Assert.True(next.Sequence > forgotten.Sequence);
        Assert.Contains(await worker.BeforeAsync(next.Sequence, default), other => other.Sequence == kept.Sequence);
        Assert.True((await worker.AppendAsync(Announce(Guid.NewGuid().ToString("N")), default)).Sequence > next.Sequence);
    }

    /// <summary>As an emulator that is killed leaves the table: the counter and the last place are those of a moment before.</summary>
    private async Task ForgetAsync(long last, long forgotten)
    {
        var table = storage.Tables().GetTableClient("ImageAnnouncements");
        var key = forgotten.ToString("D19", CultureInfo.InvariantCulture);
        await foreach (var row in table.QueryAsync<TableEntity>())
        {
            if (row.RowKey == key)
            {
                await table.DeleteEntityAsync(row);
            }
            else if (row.ContainsKey("Last"))
            {
                row["Last"] = last;
                await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
            }
        }
    }

    [Fact]
    public async Task An_announcement_comes_back_as_it_was_made()
    {
        var workers = await WorkersAsync(2);
        var made = await workers[0].AppendAsync(Announce("a folder/ä \u4f60 'quoted'.jpg", cause: Guid.NewGuid().ToString()), default);
        var read = (await workers[1].BeforeAsync(made.Sequence + 1, default)).Single(other => other.Sequence == made.Sequence);
        Assert.Equal(made.Path, read.Path);
        Assert.Equal(made.Cause, read.Cause);
        Assert.Equal(made.Sha256, read.Sha256);
        Assert.Equal(made.CopyVector.ToArray(), read.CopyVector.ToArray());
        Assert.Equal(made.Fingerprint.PerceptualHash, read.Fingerprint.PerceptualHash);
        Assert.Equal(made.Fingerprint.Luma, read.Fingerprint.Luma);
    }

    private static Announcement Announce(string name, string? cause = null) =>
        new(
            new ImagePath("images", name),
            cause ?? $"blob:{name}",
            new string('a', 64),
            new[] { 0.6f, -0.8f },
            new Fingerprint(0xFEDCBA9876543210, [.. Enumerable.Range(0, 128 * 128).Select(value => (byte)value)], 12.5)
        );

    private async Task<IReadOnlyList<AnnouncementLog>> WorkersAsync(int count)
    {
        var workers = Enumerable
            .Range(0, count)
            .Select(_ => new AnnouncementLog(storage.Tables(), StorageFixture.Clock, TimeProvider.System))
            .ToList();
        await workers[0].EnsureAsync(default);
        return workers;
    }
}
