using FunctionsHost.Configuration;
using FunctionsHost.Handler;
using FunctionsHost.Storage;
using FunctionsHost.Triggers.EventGrid;

namespace FunctionsHost.Triggers.Blob;

/// <summary>The listeners behind an app's blob triggers: one watcher for each container, one dispatcher for all.</summary>
internal static class BlobTriggers
{
    public static IEnumerable<IListener> Create(
        FunctionApp app, CommandLine options, HandlerClient handler, BlobDeletions? deletions, ILoggerFactory logs)
    {
        var functions = app.TriggeredBy<BlobTrigger>().ToList();
        if (functions.Count == 0)
        {
            return [];
        }

        var log = logs.CreateLogger("Host.Triggers.Blob");
        var hostId = HostId.Of(app);
        var hostContainer = StorageAccount.Connect(StorageAccount.DefaultConnection, HostJson.FileName, app.Settings).HostContainer;
        var dispatcher = new BlobDispatcher(handler, app.Host.Blobs, log);
        var watchers = functions
            .Select(f => new BlobFunction(
                f.Function,
                f.Trigger,
                BlobPathPattern.Parse(f.Trigger.Path, f.Function.File),
                StorageAccount.Connect(f.Trigger.Connection, f.Function.File, app.Settings),
                new BlobReceipts(hostContainer, hostId, f.Function.Id),
                Deferred: f.Trigger.Deferred && !options.Base64))
            .GroupBy(f => f.Account.Blobs.GetBlobContainerClient(f.Pattern.Container).Uri)
            .Select(group =>
            {
                var (first, prefix) = (group.First(), CommonPrefix(group.Select(f => f.Pattern.Prefix)));
                var folder = $"localblobs/{hostId}/{first.Account.Blobs.AccountName}/{first.Pattern.Container}";
                var known = new KnownBlobs(prefix, deletions is null ? null : new KnownBlobsJournal(hostContainer, folder));
                var container = first.Account.Blobs.GetBlobContainerClient(first.Pattern.Container);
                return new ContainerWatcher(container, prefix, [.. group], known, dispatcher, deletions, log);
            })
            .ToList();
        foreach (var (_, trigger) in functions.Where(f => f.Trigger.EventGridSource))
        {
            log.PollingInsteadOfEventGrid(trigger.Path);
        }

        return [dispatcher, .. watchers];
    }

    private static string CommonPrefix(IEnumerable<string> prefixes) => prefixes.Aggregate((a, b) =>
        a[..a.Zip(b).TakeWhile(pair => pair.First == pair.Second).Count()]);
}
