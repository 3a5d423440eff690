using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;

namespace Ingest;

/// <summary>Whether all is as it should be, asked as a user would: over HTTP, and in the two containers.</summary>
internal sealed class ChaosCheck(RunningStack stack, ChaosLoad load, ChaosKiller killer) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OwnRepair = TimeSpan.FromMinutes(1);
    private static readonly string[] Final = ["indexed", "quarantined", "rejected"];

    private readonly BlobContainerClient images = new(stack.File.Storage.ConnectionString, stack.File.Storage.Images);
    private readonly BlobContainerClient quarantine = new(stack.File.Storage.ConnectionString, stack.File.Storage.Quarantine);
    private readonly HttpClient http = new() { BaseAddress = stack.File.Url, Timeout = TimeSpan.FromMinutes(5) };
    private readonly Dictionary<string, string> status = [];
    private readonly Dictionary<string, string?> reasons = [];

    /// <summary>Acknowledged, and gone with a kill of Azurite that came soon after.</summary>
    public int Lost { get; private set; }

    /// <summary>Acknowledged, and gone without such a kill.</summary>
    public int LostOtherwise { get; private set; }

    /// <summary>What is not as it should be, for people to read.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Does again what storage lost, until every picture has its verdict and nothing deleted is left.</summary>
    public async Task<bool> UntilJudgedAsync(TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        while (!await AreJudgedAsync())
        {
            if (watch.Elapsed > limit)
            {
                return false;
            }

            await Task.Delay(Pause);
        }

        return true;
    }

    public async Task<int> ReconcileAsync(bool dryRun)
    {
        using var response = await http.PostAsync($"/api/reconcile?dryRun={(dryRun ? "true" : "false")}", null);
        var report = JsonElement.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        while (report.TryGetProperty("status", out var progress) && progress.GetString() == "running")
        {
            await Task.Delay(Pause);
            report = JsonElement.Parse(await http.GetStringAsync($"/api/reconcile/{report.GetProperty("id").GetString()}"));
        }

        return Find(report, "found") is { ValueKind: JsonValueKind.Number } found ? found.GetInt32() : -1;
    }

    /// <summary>
    /// Second looks, and what the stack does about losses, may still be on their way. After a minute the runner reconciles itself, and
    /// tells.
    /// </summary>
    public async Task<int> UntilAgreedAsync(TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        var runs = 0;
        int found;
        while ((found = await ReconcileAsync(dryRun: true)) != 0 && watch.Elapsed < limit)
        {
            if (watch.Elapsed > OwnRepair)
            {
                runs++;
                await ReconcileAsync(dryRun: false);
            }

            await Task.Delay(Pause);
        }

        if (runs > 0)
        {
            Notes.Add($"the runner reconciled {runs} times itself");
        }

        return found;
    }

    public async Task<int> PoisonAsync() =>
        JsonElement.Parse(await http.GetStringAsync("/api/health")).GetProperty("work").GetProperty("poisoned").GetInt32();

    /// <summary>To be asked once nothing is under way any more: a second look may move a copy.</summary>
    public async Task<(int Groups, int WithOneLive)> LiveOfGroupsAsync()
    {
        var groups = load
            .Expected.Where(name => name.StartsWith("group/", StringComparison.Ordinal))
            .GroupBy(name => Path.GetDirectoryName(name)!)
            .ToList();
        var single = 0;
        foreach (var group in groups)
        {
            foreach (var name in group)
            {
                await IsJudgedAsync(name);
            }

            if (group.Count(name => status.GetValueOrDefault(name) == "indexed") == 1)
            {
                single++;
            }
            else
            {
                Notes.Add(
                    string.Join(", ", group.Select(name => $"{name} {status.GetValueOrDefault(name)} {reasons.GetValueOrDefault(name)}"))
                );
            }
        }

        return (groups.Count, single);
    }

    /// <summary>How many pictures are not in exactly one place with the very bytes that were uploaded.</summary>
    public async Task<int> ChangedAsync()
    {
        var places = await PlacesAsync();
        return load.Expected.Count(name =>
            places.GetValueOrDefault(name) is not [var only] || !only.AsSpan().SequenceEqual(Hash(load.Pictures[name].Bytes!))
        );
    }

    public void Dispose() => http.Dispose();

    private async Task<bool> AreJudgedAsync()
    {
        try
        {
            var places = await PlacesAsync();
            var settled = true;
            foreach (var (name, picture) in load.Pictures)
            {
                var isThere =
                    places.GetValueOrDefault(name) is { } hashes
                    && (picture.Bytes is null || hashes.Any(hash => hash.AsSpan().SequenceEqual(Hash(picture.Bytes))));
                if (isThere != picture.Bytes is not null)
                {
                    await RepeatAsync(name, picture);
                    settled = false;
                }
                else if (isThere)
                {
                    settled &= await IsJudgedAsync(name);
                }
            }

            return settled;
        }
        catch (Exception exception)
            when (exception is HttpRequestException or RequestFailedException or JsonException or AggregateException)
        {
            return false; // Something is still starting.
        }
    }

    private async Task RepeatAsync(string name, ChaosPicture picture)
    {
        if (killer.Explains(picture.Acknowledged))
        {
            Lost++;
        }
        else
        {
            LostOtherwise++;
            using var record = await http.GetAsync($"/api/images?path=images/{name}");
            Notes.Add(
                $"{name} ({(picture.Bytes is null ? "deletion" : "upload")}), acknowledged {picture.Acknowledged:T}, is gone; Azurite was "
                    + $"killed at {killer.AzuriteKills}; its record: {(int)record.StatusCode} {await record.Content.ReadAsStringAsync()}"
            );
        }

        await load.RepeatAsync(name);
    }

    private async Task<bool> IsJudgedAsync(string name)
    {
        using var response = await http.GetAsync($"/api/images?path=images/{name}");
        if (response.StatusCode != HttpStatusCode.OK)
        {
            status.Remove(name);
            return false;
        }

        var record = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        status[name] = record.GetProperty("status").GetString()!;
        reasons[name] = record.TryGetProperty("reason", out var reason) ? reason.GetString() : null;
        return Final.Contains(status[name]);
    }

    /// <summary>
    /// The MD5 of the bytes at each place of each picture. A picture that is restored between the listings of images and quarantine is in
    /// neither, so what is nowhere is looked for among the images again.
    /// </summary>
    private async Task<Dictionary<string, List<byte[]>>> PlacesAsync()
    {
        var places = await ListAsync(images, quarantine);
        if (load.Expected.Any(name => !places.ContainsKey(name)))
        {
            foreach (var (name, hashes) in await ListAsync(images))
            {
                places.TryAdd(name, hashes);
            }
        }

        return places;
    }

    private async Task<Dictionary<string, List<byte[]>>> ListAsync(params BlobContainerClient[] containers)
    {
        var places = new Dictionary<string, List<byte[]>>();
        foreach (var container in containers)
        {
            await foreach (var blob in container.GetBlobsAsync())
            {
                // In quarantine a folder that names the image's version comes first.
                var name = container == quarantine ? blob.Name[(blob.Name.IndexOf('/', StringComparison.Ordinal) + 1)..] : blob.Name;
                try
                {
                    var content = (await container.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content;
                    (places.TryGetValue(name, out var hashes) ? hashes : places[name] = []).Add(Hash(content.ToMemory().Span));
                }
                catch (RequestFailedException error) when (error.Status == 404)
                {
                    // It is being moved.
                }
            }
        }

        return places;
    }

    /// <summary>A member of that name, wherever a report or the status of a job has it.</summary>
    private static JsonElement? Find(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        return element.TryGetProperty(name, out var value)
            ? value
            : element.EnumerateObject().Select(member => Find(member.Value, name)).FirstOrDefault(found => found is not null);
    }

#pragma warning disable CA5351 // Compares bytes with what was sent; nobody is kept out by it.
    private static byte[] Hash(ReadOnlySpan<byte> bytes) => MD5.HashData(bytes);
#pragma warning restore CA5351
}
