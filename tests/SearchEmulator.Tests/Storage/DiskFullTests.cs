using System.Diagnostics;
using System.Globalization;
using SearchEmulator.Tests.Running;
using Xunit;

namespace SearchEmulator.Tests.Storage;

/// <summary>Runs the emulator on a file system of a few megabytes. Needs the right to mount one: skipped where that is not given.</summary>
public sealed class DiskFullTests : IAsyncLifetime
{
    private readonly string _folder = EmulatorProcess.NewFolder();
    private bool _mounted;

    public async ValueTask InitializeAsync() =>
        _mounted = OperatingSystem.IsLinux() && await RunAsync("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", _folder) == 0;

    public async ValueTask DisposeAsync()
    {
        if (_mounted)
        {
            await RunAsync("umount", _folder);
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_full_disk_is_a_503_that_loses_nothing_and_passes_when_there_is_room_again()
    {
        Assert.SkipUnless(_mounted, "A small file system could not be mounted here.");
        var filler = Path.Combine(_folder, "filler");
        await File.WriteAllBytesAsync(filler, new byte[512 * 1024]);
        var stored = new List<string>();
        await using (var emulator = await EmulatorProcess.StartAsync(_folder))
        {
            using var client = new RawClient(emulator);
            var index = await client.CreateIndexAsync("""{"name":"text","type":"Edm.String","searchable":false}""");
            RawAnswer answer;
            while ((answer = await UploadAsync(client, index, stored.Count)).Status == 200)
            {
                stored.Add(index);
                Assert.True(stored.Count < 1000, "The disk was never full.");
            }

            Assert.Equal(503, answer.Status);
            Assert.NotNull(answer.Header("Retry-After"));
            Assert.True(stored.Count > 5);
            Assert.Equal(503, (await UploadAsync(client, index, stored.Count)).Status);
            await VerifyAsync(client, index, stored.Count);

            File.Delete(filler);
            Assert.Equal(200, (await UploadAsync(client, index, stored.Count)).Status);
            stored.Add(index);
            await emulator.KillAsync();
        }

        await using var restarted = await EmulatorProcess.StartAsync(_folder);
        using var again = new RawClient(restarted);
        await VerifyAsync(again, stored[0], stored.Count);
    }

    private static Task<RawAnswer> UploadAsync(RawClient client, string index, int number) =>
        client.UploadAsync(
            index,
            [.. Enumerable.Range(0, 4).Select(i => $$"""{"id":"{{number}}-{{i}}","text":"{{new string('x', 20_000)}}"}""")]
        );

    private static async Task VerifyAsync(RawClient client, string index, int batches)
    {
        var count = (await client.GetAsync($"/indexes('{index}')/docs/$count")).Text.TrimStart('\uFEFF');
        Assert.Equal(batches * 4, int.Parse(count, CultureInfo.InvariantCulture));
        for (var number = 0; number < batches; number++)
        {
            Assert.Equal(200, (await client.GetAsync($"/indexes('{index}')/docs('{number}-3')?$select=id")).Status);
        }
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
