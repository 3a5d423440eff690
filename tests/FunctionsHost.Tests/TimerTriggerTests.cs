using System.Text.Json.Nodes;
using FunctionsHost.Tests.Support;
using Shared;
using Xunit;

namespace FunctionsHost.Tests;

public sealed class TimerTriggerTests(Azurite azurite)
{
    [Fact]
    public async Task Runs_on_schedule_and_on_startup_only_if_asked_to()
    {
        using var app = new TestApp(azurite).Enable("Eager").Enable("Clean").Setting("TEST_SCHEDULE", "* * * * * *");
        await using var host = await app.StartAsync();
        var calls = await app.Folder.CallsAsync("Clean", 2);
        Assert.False((bool)calls[0].Data!["IsPastDue"]!);
        Assert.Null(calls[0].Data!["ScheduleStatus"]);
        await app.Folder.CallsAsync("Eager", 1);
        Assert.Equal(0, await host.StopAsync());
        Assert.Single(app.Folder.Calls("Eager"));
    }

    [Fact]
    public async Task Makes_up_for_a_missed_run_and_records_it()
    {
        using var app = new TestApp(azurite).Enable("Clean").Setting("TEST_SCHEDULE", "0 0 3 * * *");
        var container = azurite.Blobs.GetBlobContainerClient("azure-webjobs-hosts");
        await container.CreateIfNotExistsAsync();
        var status = container.GetBlobClient($"timers/{app.UniqueName}/Host.Functions.Clean/status");
        await status.UploadAsync(
            BinaryData.FromString(
                """{"Last":"2026-01-01T03:00:00+00:00","Next":"2026-01-02T03:00:00+00:00","LastUpdated":"2026-01-01T03:00:00+00:00"}"""
            )
        );
        await using (var host = await app.StartAsync())
        {
            var call = Assert.Single(await app.Folder.CallsAsync("Clean", 1));
            Assert.True((bool)call.Data!["IsPastDue"]!);
            Assert.StartsWith("2026-01-01T03:00:00", (string?)call.Data["ScheduleStatus"]!["Last"], StringComparison.Ordinal);
            await Patience.UntilAsync(async () => await NextAsync() > DateTimeOffset.UtcNow, "the next run is noted");
        }

        async Task<DateTimeOffset> NextAsync() =>
            DateTimeOffset.Parse((string)JsonNode.Parse((await status.DownloadContentAsync()).Value.Content.ToString())!["Next"]!, null);
    }
}
