using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Shared;

namespace Functions.Tests.Pipeline;

/// <summary>
/// An app is killed (SIGKILL) before each single request that it sends to storage and search while it ingests, overwrites,
/// quarantines, restores, deletes and rechecks; then another one is given the same work, and the end must be what it is
/// without a crash. CRASH_STRIDE=1 tries every step; by default each run tries every 24th, others each day.
/// </summary>
[Long]
public sealed class CrashStepTests(ITestOutputHelper output)
{
    private static readonly int Stride = int.TryParse(
        Environment.GetEnvironmentVariable("CRASH_STRIDE"),
        CultureInfo.InvariantCulture,
        out var stride
    )
        ? stride
        : 24;

    /// <summary>No scenario has fewer requests, so that each is tried at least once.</summary>
    private const int FewestSteps = 4;

    private readonly ConcurrentBag<string> steps = [];

    [Fact]
    public Task A_new_image() =>
        AtEveryStepAsync(
            (_, _) => Task.CompletedTask,
            async (run, n) => await run.UploadAsync($"{n}.jpg", Unique(n)),
            (run, n, app) => run.IngestAsync($"{n}.jpg", app),
            n => [($"{n}.jpg", "indexed")]
        );

    [Fact]
    public Task A_copy_on_its_way_to_quarantine() =>
        AtEveryStepAsync(
            async (run, n) => await run.TakeInAsync($"{n}-a.jpg", Unique(n)),
            async (run, n) => await run.UploadAsync($"{n}-b.jpg", Unique(n, 55)),
            (run, n, app) => run.IngestAsync($"{n}-b.jpg", app),
            n => [($"{n}-a.jpg", "indexed"), ($"{n}-b.jpg", "quarantined")]
        );

    [Fact]
    public Task An_older_copy_that_gives_way_to_a_better_one() =>
        AtEveryStepAsync(
            async (run, n) =>
            {
                await run.TakeInAsync($"{n}-a.jpg", Picture.Scene(9000 + n).Resized(0.6).Jpeg());
                await run.TakeInAsync($"{n}-b.jpg", Picture.Scene(9000 + n).Resized(0.5).Jpeg());
            },
            async (run, n) => await run.UploadAsync($"{n}-c.jpg", Unique(n)),
            (run, n, app) => run.IngestAsync($"{n}-c.jpg", app),
            n => [($"{n}-a.jpg", "quarantined"), ($"{n}-b.jpg", "quarantined"), ($"{n}-c.jpg", "indexed")],
            new() { ["Duplicates__Keep"] = "best" }
        );

    [Fact]
    public Task An_overwrite() =>
        AtEveryStepAsync(
            async (run, n) => await run.TakeInAsync($"{n}.jpg", Unique(n)),
            async (run, n) => await run.UploadAsync($"{n}.jpg", Unique(n + 5000)),
            (run, n, app) => run.IngestAsync($"{n}.jpg", app),
            n => [($"{n}.jpg", "indexed")]
        );

    [Fact]
    public Task A_deletion() =>
        AtEveryStepAsync(
            async (run, n) => await run.TakeInAsync($"{n}.jpg", Unique(n)),
            async (run, n) => await run.DeleteAsync($"{n}.jpg"),
            (run, n, app) => run.RemoveAsync($"{n}.jpg", app),
            n => [($"{n}.jpg", null)]
        );

    [Fact]
    public Task A_restore() =>
        AtEveryStepAsync(
            TakeInPairAsync,
            (_, _) => Task.CompletedTask,
            async (run, n, app) => await run.RestoredAsync($"{n}-b.jpg", app),
            n => [($"{n}-a.jpg", "indexed"), ($"{n}-b.jpg", "indexed")]
        );

    [Fact]
    public Task An_image_that_a_person_sets_aside() =>
        AtEveryStepAsync(
            TakeInPairAsync,
            (_, _) => Task.CompletedTask,
            async (run, n, app) => await run.SetAsideAsync($"{n}-a.jpg", app),
            n => [($"{n}-a.jpg", "quarantined"), ($"{n}-b.jpg", "quarantined")]
        );

    [Fact]
    public Task A_deletion_from_quarantine() =>
        AtEveryStepAsync(
            TakeInPairAsync,
            (_, _) => Task.CompletedTask,
            async (run, n, app) => await run.DeletedForGoodAsync($"{n}-b.jpg", app),
            n => [($"{n}-a.jpg", "indexed"), ($"{n}-b.jpg", null)]
        );

    /// <param name="before">What is there before; done by an app that lives.</param>
    /// <param name="event">What happens.</param>
    /// <param name="deliver">Has it handled by an app; false where that failed.</param>
    /// <param name="end">Image and status in the end; null where it is unknown.</param>
    /// <param name="settings">Settings of the app that are not the default.</param>
    private async Task AtEveryStepAsync(
        Func<Cluster, int, Task> before,
        Func<Cluster, int, Task> @event,
        Func<Cluster, int, AppProcess, Task<bool>> deliver,
        Func<int, (string Name, string? Status)[]> end,
        Dictionary<string, string>? settings = null
    )
    {
        await using var cluster = await Cluster.StartAsync(apps: 1, settings: settings);
        var survivor = cluster.Apps[0];
        var tried = new List<int>();
        var isOver = false;
        var offset = DateTime.UtcNow.DayOfYear % Stride;
        for (var step = offset % FewestSteps; !isOver; step = step < offset ? offset : step + Stride)
        {
            await before(cluster, step);
            await using var victim = await Victim.StartAsync(cluster, step);
            await @event(cluster, step);
            await victim.ArmAsync();
            isOver = await deliver(cluster, step, victim.App);
            victim.Disarm();
            tried.Add(step);
            if (!isOver)
            {
                steps.Add(await victim.LastStepAsync());
                await cluster.UntilHandledAsync($"step {step}", 5, () => deliver(cluster, step, survivor));
            }
        }

        Assert.True(tried.Count > 1, "There was no step to crash at.");
        await cluster.DrainAsync();
        await cluster.AssertConsistentAsync();
        foreach (var (name, status) in tried.SelectMany(end))
        {
            Assert.Equal((name, status), (name, await cluster.StatusAsync(name)));
        }

        output.WriteLine($"{tried.Count - 1} kills: {string.Join(", ", steps.Distinct().Order(StringComparer.Ordinal))}");
    }

    /// <summary>An image and its copy, which is in quarantine then.</summary>
    private static async Task TakeInPairAsync(Cluster cluster, int step)
    {
        await cluster.TakeInAsync($"{step}-a.jpg", Unique(step));
        await cluster.TakeInAsync($"{step}-b.jpg", Unique(step, 55));
    }

    private static byte[] Unique(int number, int quality = 90) => Picture.Scene(9000 + number).Jpeg(quality);
}
