using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Shared;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>
/// Under load, a random choice of everything that runs (app, Functions host, search emulator, Azurite) is killed with SIGKILL
/// and then the rest, and all of it is started again on the same state. KILL_ROUNDS says how often.
/// Azurite saves every five seconds: what it had acknowledged since is gone with it, as it never is in Azure. So a picture that
/// it lost is uploaded again, and what it lost of tables and queues is what reconciling has to mend.
/// </summary>
[Long]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Groups = 6;

    private static readonly int Rounds = int.TryParse(
        Environment.GetEnvironmentVariable("KILL_ROUNDS"),
        CultureInfo.InvariantCulture,
        out var rounds
    )
        ? rounds
        : 1;

    private readonly Dictionary<string, byte[]> pictures = [];

    [Fact]
    public async Task Whatever_is_killed_every_picture_ends_in_exactly_one_place_and_one_of_each_group_is_live()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(5);
        for (var round = 0; round < Rounds; round++)
        {
            await using var stack = await StartAsync(folder);
            var uploads = UploadAsync(stack, Pictures(round));
            await Task.Delay(random.Next(1500));
            var all = stack.AllProcesses.Skip(1).ToList();
            var victims = all.Where(_ => random.Next(2) == 0).DefaultIfEmpty(all[^1]).ToList();
            foreach (var victim in victims.Where(ProcessTree.Lives))
            {
                LocalStack.Kill(victim);
            }

            await uploads;
            await stack.KillAllAsync();
            output.WriteLine($"round {round}: killed {victims.Count} of {all.Count}");
        }

        await using var last = await StartAsync(folder);
        await SettleAsync(last);
        await AssertNothingLostAsync(last);
    }

    private static Task<LocalStack> StartAsync(TemporaryFolder folder) =>
        LocalStack.StartAsync(
            new LocalStackOptions
            {
                DataFolder = folder.Path,
                Environment = new Dictionary<string, string> { ["Duplicates__VisibilityWindow"] = "00:00:02" },
            }
        );

    /// <summary>Three of a kind in each group: the same bytes twice, and the same picture with other bytes.</summary>
    private Dictionary<string, byte[]> Pictures(int round)
    {
        var added = new Dictionary<string, byte[]>();
        for (var group = 0; group < Groups; group++)
        {
            var scene = Picture.Scene(6000 + (round * Groups) + group);
            foreach (var (number, bytes) in new[] { scene.Jpeg(), scene.Jpeg(), scene.Jpeg(55) }.Index())
            {
                added[$"r{round}/g{group}/{number}.jpg"] = bytes;
            }
        }

        foreach (var (name, bytes) in added)
        {
            pictures[name] = bytes;
        }

        return added;
    }

    /// <summary>An uploader that gives up once storage is gone.</summary>
    private static async Task UploadAsync(LocalStack stack, Dictionary<string, byte[]> added)
    {
        var options = new BlobClientOptions();
        options.Retry.MaxRetries = 0;
        var images = new BlobContainerClient(stack.ConnectionString, stack.Images.Name, options);
        await Parallel.ForEachAsync(
            added,
            async (picture, cancellation) =>
            {
                try
                {
                    await images.GetBlobClient(picture.Key).UploadAsync(BinaryData.FromBytes(picture.Value), overwrite: true, cancellation);
                }
                catch (RequestFailedException)
                {
                    // It is uploaded again in the end.
                }
            }
        );
    }

    /// <summary>Until a reconciliation finds nothing to do and every picture has its verdict.</summary>
    private async Task SettleAsync(LocalStack stack)
    {
        var patience = new Patience();
        while (true)
        {
            var places = await PlacesAsync(stack);
            foreach (var (name, bytes) in pictures.Where(picture => !places.ContainsKey(picture.Key)))
            {
                await stack.Images.UploadBlobAsync(name, BinaryData.FromBytes(bytes));
            }

            var report = await new ImageApi(stack).ReconcileAsync();
            if (report.GetProperty("found").GetInt32() == 0 && await AreAllDecidedAsync(stack))
            {
                return;
            }

            Assert.False(patience.IsOver, $"It never settles; the last report: {report}");
            await Task.Delay(100);
        }
    }

    private async Task<bool> AreAllDecidedAsync(LocalStack stack)
    {
        var api = new ImageApi(stack);
        foreach (var name in pictures.Keys)
        {
            if (await api.FindAsync(name) is null)
            {
                return false;
            }
        }

        return true;
    }

    private async Task AssertNothingLostAsync(LocalStack stack)
    {
        var places = await PlacesAsync(stack);
        var api = new ImageApi(stack);
        var live = new HashSet<string>();
        foreach (var (name, bytes) in pictures)
        {
            var place = Assert.Single(places[name]);
            Assert.Equal(Convert.ToHexString(SHA256.HashData(bytes)), place.Sha256);
            Assert.Equal(
                place.Container == "images" ? "indexed" : "quarantined",
                (await api.FindAsync(name))?.GetProperty("status").GetString()
            );
            if (place.Container == "images")
            {
                Assert.True(live.Add(Path.GetDirectoryName(name)!), $"Two of the group of '{name}' are live.");
            }
        }

        Assert.Equal(Rounds * Groups, live.Count);
        var health = await stack.Http.GetFromJsonAsync<JsonElement>("/api/health");
        Assert.Equal(live.Count, health.GetProperty("index").GetProperty("documents").GetInt32());
    }

    /// <summary>Where the bytes of each picture are.</summary>
    private static async Task<Dictionary<string, List<(string Container, string Sha256)>>> PlacesAsync(LocalStack stack)
    {
        var places = new Dictionary<string, List<(string Container, string Sha256)>>();
        foreach (var container in new[] { stack.Images, stack.Quarantine })
        {
            await foreach (var blob in container.GetBlobsAsync())
            {
                try
                {
                    var content = (await container.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content;
                    var name =
                        container == stack.Quarantine ? blob.Name[(blob.Name.IndexOf('/', StringComparison.Ordinal) + 1)..] : blob.Name;
                    places.TryAdd(name, []);
                    places[name].Add((container.Name, Convert.ToHexString(SHA256.HashData(content))));
                }
                catch (RequestFailedException error) when (error.Status == 404)
                {
                    // It is being moved.
                }
            }
        }

        return places;
    }
}
