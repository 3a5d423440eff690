using SearchEmulator.Tests.Running;
using Xunit;

namespace SearchEmulator.Tests.Storage;

public sealed class CompactionTests : IDisposable
{
    private readonly string _folder = EmulatorProcess.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Rewriting_the_same_documents_does_not_grow_the_disk_without_end()
    {
        string index;
        await using (var emulator = await EmulatorProcess.StartAsync(_folder))
        {
            using var client = new RawClient(emulator);
            index = await client.CreateIndexAsync(
                """{"name":"text","type":"Edm.String","searchable":false},{"name":"n","type":"Edm.Int32"}"""
            );
            for (var round = 0; round < 60; round++)
            {
                var documents = Enumerable
                    .Range(0, 50)
                    .Select(i => $$"""{"id":"{{i}}","n":{{round}},"text":"{{new string('x', 20_000)}}"}""");
                Assert.Equal(200, (await client.UploadAsync(index, [.. documents])).Status);
            }

            // 60 rounds of a megabyte were written.
            Assert.InRange(DataBytes(), 1 << 20, 40 << 20);
        }

        await using var restarted = await EmulatorProcess.StartAsync(_folder);
        using var again = new RawClient(restarted);
        var found = await again.SearchAsync(index, """{"filter":"n eq 59","count":true,"top":0}""");
        Assert.Equal(50, found.Json!["@odata.count"]!.GetValue<int>());
    }

    private long DataBytes() => Directory.GetFiles(_folder, "*.log", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
}
