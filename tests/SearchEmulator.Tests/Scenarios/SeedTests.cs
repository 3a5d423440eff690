using SearchEmulator.Tests.Running;
using Xunit;

namespace SearchEmulator.Tests.Scenarios;

public sealed class SeedTests : IDisposable
{
    private readonly string _first = EmulatorProcess.NewFolder();
    private readonly string _second = EmulatorProcess.NewFolder();

    public void Dispose()
    {
        Directory.Delete(_first, recursive: true);
        Directory.Delete(_second, recursive: true);
    }

    [Fact]
    public async Task An_export_can_be_imported_elsewhere()
    {
        const string fields =
            """{"name":"secret","type":"Edm.String","retrievable":false},"""
            + """{"name":"v","type":"Collection(Edm.Single)","dimensions":2,"vectorSearchProfile":"p"}""";
        const string vectors = ""","vectorSearch":{"profiles":[{"name":"p","algorithm":"a"}],"algorithms":[{"name":"a","kind":"hnsw"}]}""";
        var seed = Path.Combine(_first, "seed.json");
        string index;
        await using (var emulator = await EmulatorProcess.StartAsync(_first))
        {
            using var client = new RawClient(emulator);
            index = await client.CreateIndexAsync(fields, vectors);
            await client.UploadAsync(index, """{"id":"a","secret":"s","v":[0.1,0.2]}""", """{"id":"b"}""");
            await File.WriteAllTextAsync(seed, (await client.GetAsync("/emulator/export")).Text);
        }

        await using var other = await EmulatorProcess.StartAsync(_second, "--import", seed);
        using var again = new RawClient(other);
        Assert.Equal("2", (await again.GetAsync($"/indexes('{index}')/docs/$count")).Text.TrimStart('\uFEFF'));
        var found = await again.SearchAsync(index, """{"filter":"secret eq 's'"}""");
        Assert.Equal("""{"@search.score":1.0,"id":"a","v":[0.1,0.2]}""", found.Json!["value"]![0]!.ToJsonString());
    }

    [Fact]
    public async Task The_export_of_the_command_line_is_the_same_file()
    {
        string expected;
        await using (var emulator = await EmulatorProcess.StartAsync(_first))
        {
            using var client = new RawClient(emulator);
            await client.UploadAsync(await client.CreateIndexAsync("""{"name":"n","type":"Edm.Int32"}"""), """{"id":"a","n":1}""");
            expected = (await client.GetAsync("/emulator/export")).Text;
        }

        var target = Path.Combine(_first, "export.json");
        using var process = EmulatorProcess.Launch("--data", _first, "--export", target);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        Assert.Equal(expected, await File.ReadAllTextAsync(target));
    }
}
