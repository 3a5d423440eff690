using StorageProxy.Storage;

namespace Local;

/// <summary>Azurite, on free ports, answering only its proxy.</summary>
internal static class Azurite
{
    private const string SecretVariable = "AZURITE_PROXY_SECRET";

    // The storage clients use newer API versions than Azurite knows.
    public static ChildCommand Command(string folder, string secret) =>
        new(
            "Azurite",
            "azurite",
            "node",
            [
                "start.js",
                "--stop-with-stdin",
                "--silent",
                "--skipApiVersionCheck",
                "--disableTelemetry",
                "--location",
                folder,
                "--blobHost",
                "127.0.0.1",
                "--blobPort",
                "0",
                "--queueHost",
                "127.0.0.1",
                "--queuePort",
                "0",
                "--tableHost",
                "127.0.0.1",
                "--tablePort",
                "0",
            ]
        )
        {
            Folder = BuiltPrograms.Azurite,
            Settings = new Dictionary<string, string> { [SecretVariable] = secret },
        };

    /// <summary>Reads lines such as "Azurite Blob service is successfully listening at http://127.0.0.1:41681", one per service.</summary>
    public static Func<string, StorageEndpoints?> Readiness()
    {
        var services = new Dictionary<string, Uri>();
        return line =>
        {
            if (line.Contains("is successfully listening at ", StringComparison.Ordinal))
            {
                var words = line.Split(' ');
                services[words[1]] = new Uri(words[^1]);
            }

            return services.Count == 3 ? new StorageEndpoints(services["Blob"], services["Queue"], services["Table"]) : null;
        };
    }
}
