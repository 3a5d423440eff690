using Shared;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>Stacks of their own: an index that lags, a stop in the middle, other settings.</summary>
[Long]
public sealed class SettledTests
{
    [Fact]
    public async Task Of_copies_uploaded_at_the_same_moment_exactly_one_stays_though_the_index_lags()
    {
        await using var stack = await LocalStack.StartAsync(new LocalStackOptions { IndexingDelayMilliseconds = 4000 });
        var api = new ImageApi(stack);
        var scene = Picture.Scene(5001, 640, 480);
        var exact = scene.Jpeg();

        // None shows more than another: that would stay beside it.
        byte[][] uploads = [exact, exact, exact, scene.Jpeg(60), scene.Jpeg(70), scene.WebP()];
        await Task.WhenAll(uploads.Select((bytes, index) => api.UploadAsync($"same-moment/{index}.img", bytes)));
        var records = await Task.WhenAll(uploads.Select((bytes, index) => api.RecordOfAsync($"same-moment/{index}.img", bytes)));

        var kept = Assert.Single(records, record => record.GetProperty("status").GetString() == "indexed");
        Assert.All(
            records.Where(record => ImageApi.Id(record) != ImageApi.Id(kept)),
            record =>
            {
                Assert.Equal("quarantined", record.GetProperty("status").GetString());
                Assert.Equal(ImageApi.Path(kept), ImageApi.Path(record.GetProperty("duplicateOf")));
            }
        );
        foreach (var bytes in uploads)
        {
            var (images, quarantine) = await api.CountAsync(bytes);
            Assert.Equal(uploads.Count(other => other.AsSpan().SequenceEqual(bytes)), images + quarantine);
        }
    }

    [Fact]
    public async Task A_restart_in_the_middle_loses_nothing()
    {
        using var folder = new TemporaryFolder();
        var uploads = Enumerable
            .Range(0, 40)
            .Select(number => Picture.Scene(4000 + (number / 2), 400, 300).Jpeg(number % 2 == 0 ? 90 : 60))
            .ToList();
        var options = new LocalStackOptions
        {
            DataFolder = folder.Path,
            Environment = new Dictionary<string, string> { ["Duplicates__VisibilityWindow"] = "00:00:02" },
        };
        await using (var first = await LocalStack.StartAsync(options))
        {
            var api = new ImageApi(first);
            await Task.WhenAll(uploads.Select((bytes, index) => api.UploadAsync($"restart/{index}.jpg", bytes)));
            await api.RecordOfAsync("restart/0.jpg", uploads[0]);
            LocalStack.Kill(first.Processes.FunctionsHost);
            await first.KillAllAsync();
        }

        await using var second = await LocalStack.StartAsync(options);
        var after = new ImageApi(second);

        // What Azurite had forgotten is told again while the index still knows it: the look after the window settles that.
        var records = await Patience.UntilAsync(
            () => Task.WhenAll(uploads.Select((bytes, index) => after.RecordOfAsync($"restart/{index}.jpg", bytes))),
            all => all.Chunk(2).All(pair => pair.Count(record => record.GetProperty("status").GetString() == "indexed") == 1)
        );

        for (var index = 0; index < uploads.Count; index++)
        {
            var (images, quarantine) = await after.CountAsync(uploads[index]);
            Assert.Equal(records[index].GetProperty("status").GetString() == "indexed" ? (1, 0) : (0, 1), (images, quarantine));
        }

        var indexed = records
            .Where(record => record.GetProperty("status").GetString() == "indexed")
            .Select(ImageApi.Id)
            .Order(StringComparer.Ordinal);
        Assert.Equal(indexed, (await after.SearchAsync("shapes", top: 1000)).Select(ImageApi.Id).Order(StringComparer.Ordinal));
        await second.StopAsync();
    }

    [Fact]
    public async Task Shadow_mode_records_the_verdict_and_moves_nothing()
    {
        await using var stack = await LocalStack.StartAsync(
            new LocalStackOptions { Environment = new Dictionary<string, string> { ["Duplicates__Mode"] = "shadow" } }
        );
        var api = new ImageApi(stack);
        var bytes = Picture.Scene(3001).Jpeg();
        await api.UploadAndWaitAsync("shadow/a.jpg", bytes);
        var copy = await api.UploadAndWaitAsync("shadow/b.jpg", bytes);
        Assert.Equal(("indexed", "exact"), ImageApi.Outcome(copy));
        var third = await api.UploadAndWaitAsync("shadow/c.jpg", bytes);
        Assert.Equal("images/shadow/a.jpg", ImageApi.Path(third.GetProperty("duplicateOf")));
        Assert.Equal((3, 0), await api.CountAsync(bytes));
    }
}
