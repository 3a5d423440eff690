using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Azure.Search.Documents;
using Azure.Search.Documents.Models;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Serverless.Search;
using Shared;

namespace Functions.Tests.Pipeline;

/// <summary>
/// Several app processes on one storage account and one lagging index, with the test in the place of the Functions host: it
/// says which event comes when, how often and to whom.
/// </summary>
internal sealed class Cluster : IAsyncDisposable
{
    /// <summary>The queues that the app fills itself, each with the function behind it.</summary>
    private static readonly (string Queue, string Function)[] Queues =
    [
        ("recheck-image", "RecheckImage"),
        ("backfill-page", "BackfillPage"),
        ("backfill-slice", "BackfillSlice"),
        ("job-step", "JobStep"),
        ("describe-image", "DescribeImage"),
        ("mirror-image", "MirrorImage"),
        ("make-parts", "MakeParts"),
    ];

    private readonly ClusterServices services;
    private readonly FaultProxy? proxy;
    private readonly ConcurrentDictionary<string, byte[]> uploaded = new();
    private int turn;

    private Cluster(ClusterServices services, FaultProxy? proxy, Dictionary<string, string> settings)
    {
        (this.services, this.proxy, Settings) = (services, proxy, settings);
        Images = new BlobContainerClient(ConnectionString, "images");
        Quarantine = new BlobContainerClient(ConnectionString, "quarantine");
    }

    public Dictionary<string, string> Settings { get; }

    public List<AppProcess> Apps { get; } = [];

    public bool HasProxy => proxy is not null;

    /// <summary>What the apps reach storage through; the test reaches it directly.</summary>
    public FaultProxy Proxy => proxy ?? throw new InvalidOperationException("The cluster was started without a proxy.");

    public SearchEmulatorProcess Search => services.Search;

    /// <summary>Of storage itself, without the proxy.</summary>
    public string ConnectionString => services.ConnectionString;

    /// <summary>What the apps said.</summary>
    public string Output => string.Join('\n', Apps.Select(app => app.Output));

    public BlobContainerClient Images { get; }

    public BlobContainerClient Quarantine { get; }

    public static async Task<Cluster> StartAsync(
        int apps,
        int indexingDelayMilliseconds = 0,
        TimeSpan? visibilityWindow = null,
        Dictionary<string, string>? settings = null,
        bool throughProxy = false
    )
    {
        var isOfItsOwn = throughProxy || indexingDelayMilliseconds > 0;
        var services = isOfItsOwn
            ? await ClusterServices.StartAsync(indexingDelayMilliseconds, logsRequests: throughProxy)
            : await ClusterServices.TakeAsync();
        var proxy = throughProxy ? await FaultProxy.StartAsync(services.ConnectionString) : null;
        var cluster = new Cluster(
            services,
            proxy,
            new Dictionary<string, string>(settings ?? [])
            {
                // On a busy machine slowness is no outage.
                ["Limits__MaxDependencyTime"] = settings?.GetValueOrDefault("Limits__MaxDependencyTime") ?? "00:03:00",
                ["AzureWebJobsStorage"] = proxy?.ConnectionString ?? services.ConnectionString,
                ["Search__Endpoint"] = services.Search.Address,
                ["Search__ApiKey"] = "local-search-admin-key",
                ["Search__CertificateFile"] = services.Search.CertificateFile,
                ["Duplicates__VisibilityWindow"] = (visibilityWindow ?? TimeSpan.FromSeconds(3)).ToString(),
            }
        );
        cluster.Apps.AddRange(await Task.WhenAll(Enumerable.Range(0, apps).Select(_ => AppProcess.StartAsync(cluster.Settings))));
        return cluster;
    }

    public async Task AddAppAsync() => Apps.Add(await AppProcess.StartAsync(Settings));

    public async Task UploadAsync(string name, byte[] bytes)
    {
        await Blob(name).UploadAsync(BinaryData.FromBytes(bytes), overwrite: true);
        uploaded[name] = bytes;
    }

    public async Task DeleteAsync(string name)
    {
        await Blob(name).DeleteAsync();
        uploaded.TryRemove(name, out _);
    }

    /// <summary>
    /// The blob of that very name: the address that the library makes of a name leaves out slashes at its ends, and steps.
    /// </summary>
    public BlobClient Blob(string name)
    {
        var settings = ConnectionString.Split(';').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        return new BlobClient(
            new Uri($"{Images.Uri}/{Uri.EscapeDataString(name)}"),
            new Azure.Storage.StorageSharedKeyCredential(settings["AccountName"], settings["AccountKey"])
        );
    }

    /// <summary>No longer expected anywhere.</summary>
    public void Forget(string name) => uploaded.TryRemove(name, out _);

    /// <summary>Uploaded and handled.</summary>
    public async Task TakeInAsync(string name, byte[] bytes)
    {
        await UploadAsync(name, bytes);
        Assert.True(await IngestAsync(name), Output);
    }

    /// <summary>One request to restore, as a person repeats it until it is done; false where the app failed.</summary>
    public Task<bool> RestoredAsync(string name, AppProcess app) =>
        AskedAsync(name, record => app.Http.PostAsync($"/api/quarantine/{record}/restore", null));

    /// <summary>One request to delete an image from quarantine; false where the app failed.</summary>
    public async Task<bool> DeletedForGoodAsync(string name, AppProcess app)
    {
        var done = await AskedAsync(name, record => app.Http.DeleteAsync($"/api/quarantine/{record}"));
        if (done)
        {
            Forget(name);
        }

        return done;
    }

    /// <summary>One request to set an image aside; false where the app failed.</summary>
    public Task<bool> SetAsideAsync(string name, AppProcess app) =>
        AskedAsync(name, record => app.Http.PostAsync($"/api/quarantine/{record}", null));

    /// <summary>One delivery of the event that a blob is there; false where it failed.</summary>
    public Task<bool> IngestAsync(string name, AppProcess? app = null) =>
        (app ?? NextApp()).TriggerAsync(Trigger.Upload(Images.Name, name, Blob(name).Uri.AbsoluteUri));

    /// <summary>Delivers until it is handled, as the host does; fails the test after so many attempts.</summary>
    public async Task UntilHandledAsync(string what, int attempts, Func<Task<bool>> deliver, TimeSpan pause = default)
    {
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            if (await deliver())
            {
                return;
            }

            await Task.Delay(pause);
        }

        Assert.Fail($"'{what}' was not handled in {attempts} attempts:\n{Output}");
    }

    public Task<bool> RemoveAsync(string name, AppProcess? app = null) =>
        (app ?? NextApp()).TriggerAsync(Trigger.Message("RemoveImage", Trigger.Deletion(Images.Name, name, Blob(name).Uri.AbsoluteUri)));

    /// <summary>Handles queue messages until there are none, as the host does: a failed one comes again.</summary>
    public async Task DrainAsync()
    {
        var patience = new Patience();
        while (await DrainAllOnceAsync())
        {
            if (patience.IsOver)
            {
                Assert.Fail($"The messages do not come to an end: {await WaitingAsync()}\n{Output[^Math.Min(Output.Length, 4000)..]}");
            }
        }
    }

    /// <summary>How many messages wait in each queue, and every record that is on its way.</summary>
    private async Task<string> WaitingAsync()
    {
        var waiting = new List<string>();
        foreach (var (queue, _) in Queues)
        {
            waiting.Add($"{queue}: {(await Queue(queue).GetPropertiesAsync()).Value.ApproximateMessagesCount}");
        }

        waiting.AddRange(
            Table("ImageRecords")
                .Query<TableEntity>(select: ["Path", "State", "Sequence", "QuarantineName"])
                .Where(row => row.GetString("State") is not ("Indexed" or "Quarantined" or "Rejected"))
                .Select(row => string.Join(", ", row.Select(column => $"{column.Key}={column.Value}")))
        );
        return string.Join('\n', waiting);
    }

    /// <summary>Handles what is due in every queue; false where all are empty.</summary>
    private async Task<bool> DrainAllOnceAsync()
    {
        var isAny = false;
        foreach (var (queue, function) in Queues)
        {
            isAny |= await DrainOnceAsync(queue, function);
        }

        return isAny;
    }

    /// <summary>Handles what is due in one queue; false where it is empty.</summary>
    public async Task<bool> DrainOnceAsync(string name, string function)
    {
        var queue = Queue(name);
        if ((await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount == 0)
        {
            return false;
        }

        var messages = (await queue.ReceiveMessagesAsync(16, TimeSpan.FromSeconds(30))).Value;
        await Task.WhenAll(
            messages.Select(async message =>
            {
                if (await NextApp().TriggerAsync(Trigger.Message(function, message)))
                {
                    await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
                }
            })
        );
        if (messages.Length == 0)
        {
            await Task.Delay(150);
        }

        return true;
    }

    public QueueClient Queue(string name) =>
        new(ConnectionString, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    public TableClient Table(string name) => new(ConnectionString, name);

    public SearchClient Index(string name = "images")
    {
        var endpoint = new Uri(Search.Address);
        return new SearchClient(
            endpoint,
            name,
            new AzureKeyCredential("local-search-admin-key"),
            new SearchClientOptions { Transport = CertificatePin.Transport(endpoint, Search.CertificateFile) }
        );
    }

    public async Task<JsonElement> PostAsync(string route, object? body = null)
    {
        using var response = await NextApp().Http.PostAsJsonAsync(route, body ?? new { });
        return await ReadAsync(response);
    }

    public async Task<JsonElement> GetAsync(string route)
    {
        using var response = await NextApp().Http.GetAsync(route);
        return await ReadAsync(response);
    }

    public async Task<JsonElement> SendDeleteAsync(string route)
    {
        using var response = await NextApp().Http.DeleteAsync(route);
        return await ReadAsync(response);
    }

    /// <summary>Reconciles, with the messages of the job delivered as the host does, and returns what it found and did.</summary>
    public async Task<JsonElement> ReconcileAsync(bool dryRun = false, bool full = false)
    {
        var job = await PostAsync($"/api/reconcile?dryRun={(dryRun ? "true" : "false")}&full={(full ? "true" : "false")}");
        var id = job.GetProperty("id").GetString();
        while (job.GetProperty("status").GetString() == "running")
        {
            await NextApp().TriggerAsync(Trigger.Message("JobStep", JsonSerializer.Serialize(new { kind = "reconcile", id })));
            job = await GetAsync($"/api/reconcile/{id}");
        }

        Assert.Equal("completed", job.GetProperty("status").GetString());
        return job;
    }

    /// <summary>Reconciles over and over.</summary>
    public async Task ReconcileUntilAsync(CancellationToken stop)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (!stop.IsCancellationRequested)
        {
            await ReconcileAsync();
            await pause.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    public async Task<JsonElement?> FindAsync(string name)
    {
        using var response = await NextApp().Http.GetAsync($"/api/images?path={Uri.EscapeDataString($"images/{name}")}");
        return response.StatusCode == HttpStatusCode.NotFound ? null : await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<string?> StatusAsync(string name) => (await FindAsync(name))?.GetProperty("status").GetString();

    public Task<HttpResponseMessage> RestoreAsync(JsonElement record) =>
        NextApp().Http.PostAsync($"/api/quarantine/{record.GetProperty("id").GetString()}/restore", null);

    /// <summary>
    /// Nothing is lost and all agree: every uploaded picture is byte for byte in the place that its record names and in no
    /// other, and the index holds exactly the indexed ones. It is looked up what the index was told: a search may show for a
    /// while yet what it was told before.
    /// </summary>
    public async Task AssertConsistentAsync()
    {
        var indexed = new List<string>();
        var images = await HashesAsync(Images);
        var quarantine = await HashesAsync(Quarantine);
        foreach (var (name, bytes) in uploaded)
        {
            var record = await FindAsync(name) ?? throw new InvalidOperationException($"'{name}' has no record.");
            var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
            Assert.Equal(sha256, record.GetProperty("sha256").GetString());
            var isIndexed = record.GetProperty("status").GetString() == "indexed";
            Assert.Equal(isIndexed, images.GetValueOrDefault(name) == sha256);
            Assert.Equal((name, isIndexed), (name, await HasDocumentAsync(record.GetProperty("id").GetString()!)));
            Assert.Equal(
                !isIndexed,
                quarantine.Any(blob => blob.Key.EndsWith($"/{name}", StringComparison.Ordinal) && blob.Value == sha256)
            );
            if (isIndexed)
            {
                indexed.Add(record.GetProperty("id").GetString()!);
            }
        }

        foreach (var other in (await DocumentsAsync()).Except(indexed))
        {
            Assert.False(await HasDocumentAsync(other), $"'{other}' is in the index and no live image.");
        }
    }

    private async Task<bool> HasDocumentAsync(string id)
    {
        try
        {
            await Index().GetDocumentAsync<SearchDocument>(id, new GetDocumentOptions { SelectedFields = { "id" } });
            return true;
        }
        catch (RequestFailedException error) when (error.Status == 404)
        {
            return false;
        }
    }

    public async Task<IReadOnlyList<string>> DocumentsAsync()
    {
        var found = await Index()
            .SearchAsync<SearchDocument>("*", new Azure.Search.Documents.SearchOptions { Size = 1000, Select = { "id" } });
        var ids = new List<string>();
        await foreach (var result in found.Value.GetResultsAsync())
        {
            ids.Add((string)result.Document["id"]);
        }

        return ids;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Apps.Select(app => app.DisposeAsync().AsTask()));
        if (proxy is not null)
        {
            await proxy.DisposeAsync();
        }

        await services.DisposeAsync();
    }

    private static async Task<bool> AskedAsync(string name, Func<string, Task<HttpResponseMessage>> ask)
    {
        try
        {
            using var response = await ask(new Serverless.Storage.ImagePath("images", name).Id);

            // What is not in quarantine any more was taken out by an attempt before this one.
            return response.IsSuccessStatusCode || response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.NotFound;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(
            response.IsSuccessStatusCode,
            $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri} answered {(int)response.StatusCode}: {text}\n{Output}"
        );
        return JsonDocument.Parse(text).RootElement;
    }

    private AppProcess NextApp() => Apps[(int)((uint)Interlocked.Increment(ref turn) % Apps.Count)];

    private static async Task<Dictionary<string, string>> HashesAsync(BlobContainerClient container)
    {
        var hashes = new Dictionary<string, string>();
        await foreach (var blob in container.GetBlobsAsync())
        {
            var content = await container.GetBlobClient(blob.Name).DownloadContentAsync();
            hashes[blob.Name] = Convert.ToHexStringLower(SHA256.HashData(content.Value.Content));
        }

        return hashes;
    }
}
