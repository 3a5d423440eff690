using System.Globalization;

namespace Serverless.Embeddings.Catalogue;

/// <summary>The environment variables of the Hugging Face hub's own tools, with their meaning and defaults.</summary>
/// <param name="DownloadTimeout">How long a download may stall before it is restarted.</param>
internal sealed record HubEnvironment(Uri Endpoint, string? Token, string Cache, bool Offline, TimeSpan DownloadTimeout)
{
    public static HubEnvironment Read() => Read(Environment.GetEnvironmentVariable);

    public static HubEnvironment Read(Func<string, string?> variable)
    {
        var endpoint = Value("HF_ENDPOINT") ?? "https://huggingface.co";
        if (!Uri.TryCreate(endpoint.TrimEnd('/') + "/", UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
        {
            throw new ModelException("HF_ENDPOINT", $"'{endpoint}' is not an http or https address.");
        }

        var home =
            Value("HF_HOME")
            ?? Path.Combine(
                Value("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
                "huggingface"
            );
        return new HubEnvironment(
            address,
            Value("HF_TOKEN") ?? TokenIn(Value("HF_TOKEN_PATH") ?? Path.Combine(home, "token")),
            Value("HF_HUB_CACHE") ?? Path.Combine(home, "hub"),
            Value("HF_HUB_OFFLINE") is "1" or "true" or "TRUE" or "yes" or "on",
            TimeoutOf(Value("HF_HUB_DOWNLOAD_TIMEOUT") ?? "10")
        );

        string? Value(string name) => variable(name) is { Length: > 0 } text ? text : null;
    }

    private static TimeSpan TimeoutOf(string seconds) =>
        double.TryParse(seconds, CultureInfo.InvariantCulture, out var value) && value is > 0 and <= 3600
            ? TimeSpan.FromSeconds(value)
            : throw new ModelException("HF_HUB_DOWNLOAD_TIMEOUT", $"'{seconds}' is not a number of seconds from 0 to 3600.");

    private static string? TokenIn(string path) =>
        File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } token ? token : null;
}
