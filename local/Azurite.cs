using System.Globalization;

namespace Local;

/// <summary>Where Azurite listens, and how a client signs in to it.</summary>
internal sealed record Azurite(Uri Blob, Uri Queue, Uri Table)
{
    private const string Account = "devstoreaccount1";

    // The development account of Azurite and the older storage emulator; published, so not a secret.
    private const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={AccountKey};"
        + $"BlobEndpoint={Blob}{Account};QueueEndpoint={Queue}{Account};TableEndpoint={Table}{Account};";

    // The API versions of the storage clients run ahead of the ones that Azurite lists.
    public static ChildCommand Command(LocalOptions options, string folder) => new(
        "Azurite", "azurite", "node",
        [
            "start.js", "--stop-with-stdin", "--silent", "--skipApiVersionCheck", "--disableTelemetry", "--location", folder,
            "--blobHost", "127.0.0.1", "--blobPort", Text(options.BlobPort),
            "--queueHost", "127.0.0.1", "--queuePort", Text(options.QueuePort),
            "--tableHost", "127.0.0.1", "--tablePort", Text(options.TablePort),
        ])
    {
        Folder = BuiltPrograms.Azurite,
    };

    /// <summary>Reads lines such as "Azurite Blob service is successfully listening at http://127.0.0.1:10000", one per service.</summary>
    public static Func<string, Azurite?> Readiness()
    {
        var services = new Dictionary<string, Uri>();
        return line =>
        {
            if (line.Contains("is successfully listening at ", StringComparison.Ordinal))
            {
                var words = line.Split(' ');
                services[words[1]] = new Uri(words[^1]);
            }
            return services.Count == 3 ? new Azurite(services["Blob"], services["Queue"], services["Table"]) : null;
        };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
