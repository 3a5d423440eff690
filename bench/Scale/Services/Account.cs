using System.Net;

namespace Bench.Scale.Services;

/// <summary>How often each kind of request was made.</summary>
internal sealed class Counts
{
    public long BlobReads { get; set; }

    public long BlobWrites { get; set; }

    public long QueueOperations { get; set; }

    public long TableOperations { get; set; }

    public long Searches { get; set; }

    public long IndexWrites { get; set; }

    public long Refused { get; set; }
}

/// <summary>The storage account and the search service, with their limits.</summary>
internal sealed class Account
{
    private const string Log = "ImageAnnouncements";

    private readonly VirtualTime time;
    private readonly Assumptions assumptions;
    private readonly Random random;
    private readonly Dictionary<(string Table, string Partition), Limit> partitions = [];
    private readonly Limit requests;
    private readonly Limit search;
    private readonly Dictionary<string, Limit> queueLimits = [];

    public Account(VirtualTime time, Assumptions assumptions, int seed)
    {
        (this.time, this.assumptions, random) = (time, assumptions, new Random(seed));
        (Tables, Blobs, Queues) = (new Tables(time), new Blobs(time), new Queues(time));
        Index = new SearchIndex(time, () => Around(assumptions.IndexLag));
        requests = new Limit(time, assumptions.AccountRequests);
        search = new Limit(time, Assumptions.SearchCores * assumptions.SearchUnits);
    }

    public Tables Tables { get; }

    public Blobs Blobs { get; }

    public Queues Queues { get; }

    public SearchIndex Index { get; }

    public Counts Counts { get; } = new();

    /// <summary>A query of the log finds nothing: a protocol without announcements.</summary>
    public bool HidesAnnouncements { get; init; }

    /// <summary>How long each has been busy.</summary>
    public Dictionary<string, TimeSpan> Busy() =>
        partitions
            .GroupBy(limit => limit.Key.Table.StartsWith(Log, StringComparison.Ordinal) ? Log : limit.Key.Table)
            .ToDictionary(
                table => table.Key == Log ? "the partition of the log" : $"the busiest partition of {table.Key}",
                table => table.Max(limit => limit.Value.Busy)
            )
            .Concat(queueLimits.Select(queue => KeyValuePair.Create($"the queue {queue.Key}", queue.Value.Busy)))
            .Append(KeyValuePair.Create("the account's requests", requests.Busy))
            .Append(KeyValuePair.Create("the search service", search.Busy))
            .ToDictionary();

    /// <summary>From sending a request until its answer arrives.</summary>
    public async Task<Answer> AnswerAsync(Call call, int shard, Action? served = null)
    {
        var host = call.Address.Host.Split('.')[1];
        if (host != "search" && !await requests.ServeAsync(() => (true, 1)))
        {
            return Busy(host);
        }

        var answer = host switch
        {
            "table" => await TableAsync(call, shard, served),
            "queue" => await QueueAsync(call),
            "blob" => await BlobAsync(call),
            _ => await SearchAsync(call),
        };
        if (answer is null)
        {
            await time.DelayAsync(Around(assumptions.TableLatency));
        }

        return answer ?? Busy(host);
    }

    private async Task<Answer?> TableAsync(Call call, int shard, Action? served)
    {
        Counts.TableOperations++;
        var place = Tables.PlaceOf(call);
        if (place.Table == Log && assumptions.Shards > 1)
        {
            place.Table += shard;
        }

        var isLog = place.Table.StartsWith(Log, StringComparison.Ordinal);
        var half = Around(assumptions.TableLatency) / 2;
        await time.DelayAsync(half);
        if (!partitions.TryGetValue(place, out var limit))
        {
            partitions[place] = limit = new Limit(time, assumptions.PartitionEntities);
        }

        var answer = await limit.ServeAsync(() =>
        {
            var (told, units, rows) = Tables.Serve(
                call,
                place.Table,
                row => isLog && row.Json.Length > 1024 ? assumptions.LogRowKilobytes ?? row.Kilobytes : row.Kilobytes
            );
            var isScan = call.Method == HttpMethod.Get && rows > 0 && !call.Path.Contains("RowKey=", StringComparison.Ordinal);
            told = isLog && isScan && HidesAnnouncements ? Answer.Json(HttpStatusCode.OK, "{\"value\":[]}") : told;
            served?.Invoke();
            var bytes = isLog && assumptions.LogRowKilobytes is { } kilobytes ? (int)(rows * kilobytes * 1024) : told.Body.Length;
            return (told with { Bytes = bytes }, isScan ? Math.Max(1, units * assumptions.ScanShare) : units);
        });
        await time.DelayAsync(half);
        return answer;
    }

    private async Task<Answer?> QueueAsync(Call call)
    {
        Counts.QueueOperations++;
        await time.DelayAsync(Around(assumptions.QueueLatency));
        return await LimitOf(call.Path.Split('/')[1]).ServeAsync(() => (Queues.Serve(call), 1));
    }

    /// <summary>Receiving or deleting a message.</summary>
    public Task TakeAsync(string queue)
    {
        Counts.QueueOperations++;
        return LimitOf(queue).ServeAsync(() => (true, 1));
    }

    private async Task<Answer?> BlobAsync(Call call)
    {
        var isRead = call.Method == HttpMethod.Get || call.Method == HttpMethod.Head;
        _ =
            isRead ? Counts.BlobReads++
            : call.Method == HttpMethod.Put ? Counts.BlobWrites++
            : 0;
        await time.DelayAsync(Around(assumptions.BlobLatency));
        var answer = Blobs.Serve(call);
        await time.DelayAsync(TimeSpan.FromSeconds(answer.Bytes / Assumptions.DownloadRate));
        return answer;
    }

    private async Task<Answer?> SearchAsync(Call call)
    {
        var isQuery = call.Path.EndsWith("search.post.search", StringComparison.Ordinal);
        _ = isQuery ? Counts.Searches++ : Counts.IndexWrites++;
        await time.DelayAsync(Around(assumptions.SearchLatency));
        var scanned = (Index.Count + assumptions.Documents) * (double)Index.Dimensions * sizeof(float);
        var work = isQuery ? assumptions.QueryWork + (scanned / Assumptions.ScanBytes) : assumptions.IndexWork;
        return await search.ServeAsync(() => (Index.Serve(call), work));
    }

    private Limit LimitOf(string queue)
    {
        if (!queueLimits.TryGetValue(queue, out var limit))
        {
            queueLimits[queue] = limit = new Limit(time, assumptions.QueueMessages);
        }

        return limit;
    }

    private Answer Busy(string host)
    {
        Counts.Refused++;
        return Answer.Json(HttpStatusCode.ServiceUnavailable, "{}").With("x-ms-error-code", host == "search" ? "Busy" : "ServerBusy");
    }

    /// <summary>A log-normal time with this median.</summary>
    public TimeSpan Around(TimeSpan median)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return median * Math.Exp(assumptions.Spread * normal);
    }
}
