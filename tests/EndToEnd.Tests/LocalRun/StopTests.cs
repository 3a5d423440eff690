using System.Globalization;
using Shared;
using Xunit;

namespace EndToEnd.Tests.LocalRun;

[Long]
public sealed class StopTests
{
    [Fact]
    public async Task Asked_to_stop_it_leaves_no_process_and_no_address()
    {
        await using var stack = await LocalStack.StartAsync();
        Assert.True(File.Exists(Path.Combine(stack.DataFolder, "stack.json")));

        await stack.StopAsync();

        Assert.False(File.Exists(Path.Combine(stack.DataFolder, "stack.json")));
        Assert.Equal(
            ["Functions host", "Search emulator", "Azurite"],
            stack.Output.Split('\n').Where(line => line.Contains("stopped", StringComparison.Ordinal)).Select(line => line[4..22].TrimEnd())
        );
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task Ctrl_C_in_a_terminal_and_the_end_of_the_terminal_are_left_to_the_runner(string signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Process groups are made with setsid.");
        Assert.SkipWhen(Shared.Interrupts.AreIgnored(signal), Shared.Interrupts.Reason);
        await using var stack = await LocalStack.StartAsync(new() { Wrapper = "setsid" });

        await Signals.SendToGroupAsync(stack.Processes.Runner, signal);

        Assert.Equal(0, await stack.WaitForExitAsync());
        Assert.Empty(await stack.LeftoversAsync());
        Assert.DoesNotContain("stopped by itself", stack.Errors, StringComparison.Ordinal);
        Assert.Contains("Azurite Blob service successfully closed", stack.Log("azurite"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_outlives_a_runner_that_was_killed()
    {
        await using var stack = await LocalStack.StartAsync();

        LocalStack.Kill(stack.Processes.Runner);

        Assert.Empty(await stack.LeftoversAsync());
    }

    [Fact]
    public async Task What_was_stored_when_it_was_killed_is_there_at_the_next_start_and_gone_after_a_fresh_one()
    {
        using var folder = new TemporaryFolder();
        await using (var stack = await LocalStack.StartAsync(new() { DataFolder = folder }))
        {
            var container = stack.Blobs.GetBlobContainerClient("kept");
            await container.CreateAsync();
            await container.UploadBlobAsync("a", BinaryData.FromString("bytes"));
            LocalStack.Kill(stack.Processes.Runner);
            Assert.Empty(await stack.LeftoversAsync());
        }
        await using (var stack = await LocalStack.StartAsync(new() { DataFolder = folder }))
        {
            var blob = await stack.Blobs.GetBlobContainerClient("kept").GetBlobClient("a").DownloadContentAsync();
            Assert.Equal("bytes", blob.Value.Content.ToString());
            await stack.StopAsync();
        }
        await using (var stack = await LocalStack.StartAsync(new() { DataFolder = folder, Arguments = ["--fresh"] }))
        {
            Assert.False(await stack.Blobs.GetBlobContainerClient("kept").ExistsAsync());
            Assert.True(await stack.Images.ExistsAsync());
            Assert.DoesNotContain(Directory.EnumerateDirectories(folder), name => name.Contains("discarded", StringComparison.Ordinal));
        }
    }
}
