using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using FunctionsHost.Tests.Support;
using FunctionsHost.Triggers.Blob;
using Xunit;

namespace FunctionsHost.Tests;

public sealed class KnownBlobsJournalTests(Azurite azurite)
{
    private readonly string _folder = $"{Guid.NewGuid():N}";

    private BlobContainerClient Container => azurite.Blobs.GetBlobContainerClient("journal-tests");

    [Fact]
    public async Task What_was_written_is_read_again_after_any_number_of_restarts()
    {
        await Container.CreateIfNotExistsAsync();
        await WriteAsync(true, Blob("a", 1), Blob("b", 1));
        await WriteAsync(false, Blob("a", 1));
        await WriteAsync(true, Blob("b", 2), Blob("c", 1));
        await WriteAsync(false, Blob("b", 1)); // An older version than the one that is there now.
        for (var restart = 0; restart < 3; restart++)
        {
            Assert.Equal([Blob("b", 2), Blob("c", 1)], await ReadAsync());
        }
    }

    [Fact]
    public async Task A_crash_between_the_snapshot_and_the_removal_of_the_changes_loses_nothing()
    {
        await Container.CreateIfNotExistsAsync();
        await WriteAsync(true, Blob("a", 1), Blob("b", 1));
        using (var journal = Open())
        {
            await journal.AppendAsync(present: false, [Blob("a", 1)], default);
            await journal.AppendAsync(present: true, [Blob("a", 2)], default);
        }

        var changes = await CopyAsync("changes-");
        Assert.Equal([Blob("a", 2), Blob("b", 1)], await ReadAsync());
        foreach (var (name, content) in changes)
        {
            await Container.GetBlobClient(name).UploadAsync(content);
        }

        Assert.Equal([Blob("a", 2), Blob("b", 1)], await ReadAsync());
    }

    [Fact]
    public async Task Ten_thousand_long_names_are_written_in_several_blocks()
    {
        await Container.CreateIfNotExistsAsync();
        var blobs = Enumerable.Range(0, 10_000).Select(i => Blob($"{i:D5}{new string('n', 1000)}", 1)).ToArray();
        await WriteAsync(true, blobs);
        Assert.Equal(blobs, await ReadAsync());
    }

    private static KnownBlob Blob(string name, int version) => new(name, $"\"{version}\"", "image/jpeg", version, "BlockBlob");

    private KnownBlobsJournal Open() => new(Container, _folder);

    private async Task WriteAsync(bool present, params KnownBlob[] blobs)
    {
        using var journal = Open();
        await journal.LoadAsync(default);
        await journal.AppendAsync(present, blobs, default);
    }

    private async Task<IEnumerable<KnownBlob>> ReadAsync()
    {
        using var journal = Open();
        return (await journal.LoadAsync(default)).OrderBy(blob => blob.Name, StringComparer.Ordinal);
    }

    private async Task<List<(string Name, BinaryData Content)>> CopyAsync(string prefix)
    {
        var copies = new List<(string, BinaryData)>();
        await foreach (var item in Container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{_folder}/{prefix}", default))
        {
            copies.Add((item.Name, (await Container.GetBlobClient(item.Name).DownloadContentAsync()).Value.Content));
        }

        return copies;
    }
}
