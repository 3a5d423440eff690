using System.Text.Json;
using StorageProxy.Events;

namespace Local;

/// <summary>
/// The subscriptions that infra/ creates in Azure: uploads go to the blob-triggered functions, deletions in their containers into a queue.
/// </summary>
internal static class EventSubscriptions
{
    /// <summary>The same as in the templates of infra/.</summary>
    public const string DeletionQueue = "image-deleted";

    private const string Declarations = "functions.metadata";

    /// <param name="app">The folder of the built app, whose functions are declared in functions.metadata.</param>
    /// <exception cref="LocalRunException">The app is incomplete, or a setting that names a container is missing.</exception>
    public static IEnumerable<(string Function, string Container)> Uploads(string app, IReadOnlyDictionary<string, string> settings)
    {
        var file = Path.Combine(app, Declarations);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            return
            [
                .. document
                    .RootElement.EnumerateArray()
                    .SelectMany(function =>
                        function
                            .GetProperty("bindings")
                            .EnumerateArray()
                            .Where(IsUpload)
                            .Select(binding =>
                                (function.GetProperty("name").GetString()!, Container(binding.GetProperty("path").GetString()!, settings))
                            )
                    ),
            ];
        }
        catch (Exception exception) when (exception is IOException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new LocalRunException($"{file} does not declare the functions of the app: {exception.Message}");
        }
    }

    /// <param name="host">Where the Functions host listens; null until it does.</param>
    /// <param name="key">The key that it requires of senders of events.</param>
    public static IReadOnlyList<EventSubscription> Of(
        IEnumerable<(string Function, string Container)> uploads,
        Func<Uri?> host,
        string key,
        StorageAccount account
    )
    {
        var deletions = new QueueTarget(account.ConnectionString, DeletionQueue);
        return
        [
            .. uploads.SelectMany(upload =>
                new EventSubscription[]
                {
                    new(BlobChange.Created, upload.Container, new WebhookTarget(host, upload.Function, key)),
                    new(BlobChange.Deleted, upload.Container, deletions),
                }
            ),
        ];
    }

    private static bool IsUpload(JsonElement binding) =>
        binding.GetProperty("type").ValueEquals("blobTrigger")
        && binding.TryGetProperty("source", out var source)
        && source.ValueEquals("EventGrid");

    // "%Storage:Images%/{name}"
    private static string Container(string path, IReadOnlyDictionary<string, string> settings)
    {
        var container = path.Split('/')[0];
        if (!(container is ['%', .., '%']))
        {
            return container;
        }

        var setting = container.Trim('%').Replace(":", "__", StringComparison.Ordinal);
        return settings.GetValueOrDefault(setting)
            ?? throw new LocalRunException($"The setting {setting}, which names the container of \"{path}\", is missing.");
    }
}
