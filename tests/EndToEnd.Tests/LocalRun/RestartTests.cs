using System.Net;
using Local;
using Shared;
using Xunit;

namespace EndToEnd.Tests.LocalRun;

public sealed class RestartTests
{
    [Fact]
    public async Task Whatever_dies_is_started_again_on_its_ports_and_data_and_the_work_goes_on()
    {
        await using var stack = await LocalStack.StartAsync();
        var api = new ImageApi(stack);
        var meanwhile = Picture.Scene(7003).Jpeg();
        await api.UploadAndWaitAsync("before.jpg", Picture.Scene(7001).Jpeg());
        await Patience.UntilAsync(() =>
            HasSaved(stack, "blob", "before.jpg") && HasSaved(stack, "table", "ImageRecords") && HasSaved(stack, "queue", "recheck-image")
        );

        foreach (
            var (name, process) in new (string, Func<StackFile.ProcessIds, int>)[]
            {
                ("Azurite", ids => ids.Azurite),
                ("Search emulator", ids => ids.SearchEmulator),
                ("Functions host", ids => ids.FunctionsHost),
            }
        )
        {
            var died = process(stack.CurrentProcesses);
            LocalStack.Kill(died);
            if (name == "Functions host")
            {
                // Storage takes it, and nobody is there yet who could be told.
                await api.UploadAsync("meanwhile.jpg", meanwhile);
            }

            await Patience.UntilAsync(() => Task.FromResult(process(stack.CurrentProcesses)), now => now != died, $"another {name}");
            Assert.Contains($"{name} exited (code 137) and is restarting", stack.Output, StringComparison.Ordinal);
        }

        Assert.Contains("its last five seconds may be lost", stack.Output, StringComparison.Ordinal);
        await Patience.UntilAsync(() => HealthAsync(stack), status => status == HttpStatusCode.OK, "the app to be healthy");
        await api.RecordOfAsync("meanwhile.jpg", meanwhile);
        await api.UploadAndWaitAsync("after.jpg", Picture.Scene(7002).Jpeg());
        await stack.StopAsync();
    }

    /// <summary>Azurite writes down what it has every five seconds.</summary>
    private static bool HasSaved(LocalStack stack, string service, string text)
    {
        var file = Path.Combine(stack.DataFolder, "azurite", $"__azurite_db_{service}__.json");
        return File.Exists(file) && File.ReadAllText(file).Contains(text, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode?> HealthAsync(LocalStack stack)
    {
        try
        {
            using var response = await stack.Http.GetAsync("/api/health");
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
