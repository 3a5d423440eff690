using System.Globalization;
using Shared;

namespace Functions.Tests.Pipeline;

/// <summary>
/// Apps are killed (SIGKILL) at random moments while events are handled; the events come again, as they do from a queue.
/// CRASH_ROUNDS says how many kills; a few by default.
/// </summary>
[Long]
public sealed class CrashTests
{
    private static int Rounds =>
        int.TryParse(Environment.GetEnvironmentVariable("CRASH_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 4;

    [Fact]
    public async Task Kills_at_any_moment_lose_nothing_and_leave_exactly_one_of_each_group()
    {
        await using var cluster = await Cluster.StartAsync(apps: 2, indexingDelayMilliseconds: 300);
        var random = new Random(11);
        for (var round = 0; round < Rounds; round++)
        {
            var names = new List<string>();
            for (var group = 0; group < 5; group++)
            {
                var scene = Picture.Scene((round * 100) + group + 1000);
                foreach (var bytes in new[] { scene.Jpeg(), scene.Jpeg(), scene.Jpeg(55) })
                {
                    names.Add($"k{round}/g{group}/{names.Count}.jpg");
                    await cluster.UploadAsync(names[^1], bytes);
                }
            }

            var handled = names.Select(name => (name, task: cluster.IngestAsync(name))).ToList();
            await Task.Delay(random.Next(20, 700));
            var victim = random.Next(cluster.Apps.Count);
            await cluster.Apps[victim].KillAsync();
            await cluster.Apps[victim].DisposeAsync();
            cluster.Apps.RemoveAt(victim);
            await cluster.AddAppAsync();
            foreach (var (name, task) in handled)
            {
                if (!await task)
                {
                    await cluster.UntilHandledAsync(name, 20, () => cluster.IngestAsync(name), TimeSpan.FromMilliseconds(50));
                }
            }
        }

        await cluster.DrainAsync();
        await cluster.AssertConsistentAsync();
        for (var round = 0; round < Rounds; round++)
        {
            for (var group = 0; group < 5; group++)
            {
                var states = await Task.WhenAll(
                    Enumerable.Range(group * 3, 3).Select(number => cluster.StatusAsync($"k{round}/g{group}/{number}.jpg"))
                );
                Assert.Single(states, "indexed");
            }
        }
    }
}
