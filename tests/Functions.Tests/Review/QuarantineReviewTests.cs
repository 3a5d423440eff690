using System.Text.Json;
using Functions.Tests.Pipeline;
using Shared;

namespace Functions.Tests.Review;

/// <summary>What a rule before this one moved to quarantine is judged again by the rules in force.</summary>
public sealed class QuarantineReviewTests
{
    [Fact]
    public async Task What_should_not_be_in_quarantine_is_listed_and_put_back()
    {
        await using var cluster = await Cluster.StartAsync(apps: 1, settings: new() { ["Duplicates__Confirm"] = "false" });
        var (changed, poorer, right) = (Picture.Photo("home"), Picture.Photo("butterfly"), Picture.Photo("fruits"));
        await cluster.TakeInAsync("changed/kept.png", changed.Png());
        await cluster.TakeInAsync("changed/other.png", changed.WithDisc(0.5, 0.3, 0.012).Png());
        await cluster.TakeInAsync("poorer/small.jpg", poorer.Resized(0.5).Jpeg());
        await cluster.TakeInAsync("poorer/large.jpg", poorer.Jpeg(92));
        await cluster.TakeInAsync("right/kept.jpg", right.Jpeg(92));
        await cluster.TakeInAsync("right/copy.jpg", right.Jpeg(60));
        await cluster.TakeInAsync("right/same.jpg", right.Jpeg(92));
        string[] moved = ["changed/other.png", "poorer/large.jpg", "right/copy.jpg", "right/same.jpg"];
        Assert.All(await Task.WhenAll(moved.Select(cluster.StatusAsync)), status => Assert.Equal("quarantined", status));
        await cluster.DrainAsync();

        await cluster.Apps[0].DisposeAsync();
        cluster.Apps.Clear();
        cluster.Settings["Duplicates__Confirm"] = "true";
        await cluster.AddAppAsync();
        var listed = await ReviewAsync(cluster, restore: false);
        Assert.Equal((4, 2, 2, 0), (Count(listed, "judged"), Count(listed, "stay"), Count(listed, "found"), Count(listed, "restored")));
        Assert.Equal(
            [
                ("images/changed/other.png", "images/changed/kept.png", "detailsDiffer", "listed"),
                ("images/poorer/large.jpg", "images/poorer/small.jpg", "betterCopy", "listed"),
            ],
            Images(listed)
        );
        Assert.Equal("quarantined", await cluster.StatusAsync("changed/other.png"));

        var restored = await ReviewAsync(cluster, restore: true);
        Assert.Equal((2, 2), (Count(restored, "found"), Count(restored, "restored")));
        Assert.Equal(["indexed", "indexed", "quarantined", "quarantined"], await Task.WhenAll(moved.Select(cluster.StatusAsync)));

        // No person said anything: the rules still say why each is no duplicate.
        Assert.Equal(
            "detailsDiffer",
            (await cluster.FindAsync("changed/other.png"))!.Value.GetProperty("evidence").GetProperty("rule").GetString()
        );
        Assert.Equal(
            "betterCopy",
            (await cluster.FindAsync("poorer/large.jpg"))!.Value.GetProperty("evidence").GetProperty("rule").GetString()
        );
        Assert.Equal(0, Count(await ReviewAsync(cluster, restore: true), "found"));
        await cluster.DrainAsync();
        await cluster.AssertConsistentAsync();
    }

    private static async Task<JsonElement> ReviewAsync(Cluster cluster, bool restore)
    {
        var report = cluster.PostAsync($"/api/duplicates/review?restore={(restore ? "true" : "false")}");
        await Patience.UntilAsync(async () =>
        {
            await cluster.DrainOnceAsync("job-step", "JobStep");
            return report.IsCompleted;
        });

        // On a slow machine the answer is that it is still running.
        var done = await report;
        var id = done.GetProperty("id").GetString();
        done = await Patience.UntilAsync(
            async () =>
            {
                await cluster.DrainOnceAsync("job-step", "JobStep");
                return await cluster.GetAsync($"/api/duplicates/review/{id}");
            },
            review => review.GetProperty("status").GetString() != "running"
        );

        Assert.Equal("completed", done.GetProperty("status").GetString());
        Assert.Equal(done.ToString(), (await cluster.GetAsync($"/api/duplicates/review/{id}")).ToString());
        return done;
    }

    private static int Count(JsonElement report, string name) => report.GetProperty(name).GetInt32();

    private static IEnumerable<(string? Path, string? Other, string? Rule, string? Outcome)> Images(JsonElement report) =>
        report
            .GetProperty("images")
            .EnumerateArray()
            .Select(image =>
                (
                    image.GetProperty("path").GetString(),
                    image.GetProperty("duplicateOf").GetProperty("path").GetString(),
                    image.GetProperty("evidence").GetProperty("rule").GetString(),
                    image.GetProperty("outcome").GetString()
                )
            )
            .OrderBy(image => image.Item1, StringComparer.Ordinal);
}
