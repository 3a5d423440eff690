using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using FunctionsHost.Tests.Support;
using Shared;
using Xunit;

namespace FunctionsHost.Tests;

public sealed class TimerTriggerTests(Azurite azurite)
{
    [Theory]
    [InlineData("* * * * * *")]
    [InlineData("00:00:01")]
    public async Task Runs_when_its_schedule_says(string schedule)
    {
        using var app = new TestApp(azurite);
        app.Function("Clean", Timer(schedule));
        await using var host = await app.StartAsync();
        var calls = await app.CallsAsync("Clean", 2);
        Assert.Equal("""{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}""", calls[0].Data!.ToJsonString());
        var times = calls.Select(call => DateTime.Parse((string)call.Metadata["sys"]!["UtcNow"]!, null)).ToList();
        Assert.InRange((times[1] - times[0]).TotalSeconds, 0.5, 10);
    }

    [Fact]
    public async Task Runs_on_startup_only_when_asked_to()
    {
        using var app = new TestApp(azurite);
        app.Function("Eager", Timer("0 0 0 1 1 *", ""","runOnStartup":true""")).Function("Patient", Timer("0 0 0 1 1 *"));
        await using (await app.StartAsync())
        {
            await app.CallsAsync("Eager", 1);
            await StatusAsync(app, "Patient");
        }

        Assert.Single(app.Calls("Eager"));
        Assert.Empty(app.Calls("Patient"));
    }

    [Fact]
    public async Task Makes_up_for_a_run_that_was_missed_and_says_so()
    {
        using var app = new TestApp(azurite);
        app.Function("Clean", Timer("0 0 3 * * *"));
        var blob = azurite.Blobs.GetBlobContainerClient("azure-webjobs-hosts").GetBlobClient($"timers/{app.HostId}/Host.Functions.Clean/status");
        await azurite.Blobs.GetBlobContainerClient("azure-webjobs-hosts").CreateIfNotExistsAsync();
        await blob.UploadAsync(BinaryData.FromString(
            """{"Last":"2026-01-01T03:00:00+00:00","Next":"2026-01-02T03:00:00+00:00","LastUpdated":"2026-01-01T03:00:00+00:00"}"""));

        await using (await app.StartAsync())
        {
            var call = Assert.Single(await app.CallsAsync("Clean", 1));
            Assert.True((bool)call.Data!["IsPastDue"]!);
            Assert.StartsWith("2026-01-01T03:00:00", (string)call.Data["ScheduleStatus"]!["Last"]!, StringComparison.Ordinal);
            await Patience.UntilAsync(async () => Time(await StatusAsync(app, "Clean"), "Last") > DateTimeOffset.UtcNow.AddHours(-1), "the run is noted");
            Assert.True(Time(await StatusAsync(app, "Clean"), "Next") > DateTimeOffset.UtcNow);
        }

        // It is noted as done: the next start has nothing to make up for.
        var eager = Timer("0 0 0 1 1 *", ""","runOnStartup":true""");
        app.Function("Eager", eager);
        await using (await app.StartAsync())
        {
            await app.CallsAsync("Eager", 1);
        }

        Assert.Single(app.Calls("Clean"));
    }

    private static string Timer(string schedule, string extra = "") =>
        $$"""{"type":"timerTrigger","direction":"in","name":"timer","schedule":"{{schedule}}"{{extra}}}""";

    private static DateTimeOffset Time(JsonNode status, string name) => DateTimeOffset.Parse((string)status[name]!, null);

    private async Task<JsonNode> StatusAsync(TestApp app, string function)
    {
        var blob = azurite.Blobs.GetBlobContainerClient("azure-webjobs-hosts").GetBlobClient($"timers/{app.HostId}/Host.Functions.{function}/status");
        await Patience.UntilAsync(async () => await blob.ExistsAsync(), "the timer's status is kept");
        return JsonNode.Parse((await blob.DownloadContentAsync()).Value.Content.ToString())!;
    }
}
