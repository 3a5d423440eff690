using System.Globalization;
using FunctionsHost.Tests.Support;
using Shared;
using Xunit;

namespace FunctionsHost.Tests;

public sealed class StorageOutageTests(Azurite azurite)
{
    [Fact]
    public async Task Storage_that_comes_late_or_goes_away_for_a_while_costs_nothing_but_time()
    {
        using var relay = new Relay(azurite.Blobs.Uri.Port);
        using var app = new TestApp(azurite);
        app.Setting("AzureWebJobsStorage", azurite.ConnectionString.Replace(
                azurite.Blobs.Uri.Port.ToString(CultureInfo.InvariantCulture), relay.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))
            .BlobFunction("Ingest", $"{app.UniqueName}/{{name}}").HttpFunction("Api", "api/{*path}");
        var container = azurite.Blobs.GetBlobContainerClient(app.UniqueName);
        await container.CreateAsync();
        await container.UploadBlobAsync("early", BinaryData.FromString("a"));

        await using var host = await app.StartAsync();
        await Patience.UntilAsync(() => host.Errors.Contains("Storage did not answer", StringComparison.Ordinal));
        Assert.Contains("rawTarget", await host.Http.GetStringAsync("/api/echo/x"), StringComparison.Ordinal);
        relay.TurnOn();
        await Receipts.WaitForAsync(azurite, app, "Ingest", 1);

        // It goes away in the middle of an invocation: the receipt is written once it is back, without a second attempt.
        app.Mode("Ingest", "wait:go");
        await container.UploadBlobAsync("during", BinaryData.FromString("a"));
        await app.CallsAsync("Ingest", 2);
        relay.TurnOff();
        app.Signal("go");
        await Patience.UntilAsync(() => host.Errors.Contains("Storage did not answer (writing a receipt)", StringComparison.Ordinal));
        relay.TurnOn();
        await Receipts.WaitForAsync(azurite, app, "Ingest", 2);
        Assert.Equal(["early", "during"], app.Calls("Ingest").Select(call => call.Text("name")));
    }
}
