using System.Security.Cryptography;
using System.Text;

namespace FunctionsHost.Http;

/// <summary>The keys for all non-anonymous functions; without any, everything is open, as with Azure's own local tools.</summary>
internal sealed class FunctionKey(IConfiguration settings, params IEnumerable<string> names)
{
    public const string Variable = "LOCAL_FUNCTION_KEY";

    /// <summary>The key for senders of events, not for callers.</summary>
    public const string WebhookVariable = "LOCAL_WEBHOOK_KEY";

    private readonly byte[][] hashes = [.. names.Select(name => settings[name]).Where(key => !string.IsNullOrEmpty(key)).Select(Hash)];

    /// <summary>In Azure an administrator creates host keys with the values of these settings.</summary>
    public static FunctionKey Of(IConfiguration settings) =>
        new(settings, Variable, "Access:SearchKey", "Access:OperateKey", "Access:DeleteKey");

    public static FunctionKey OfWebhooks(IConfiguration settings) =>
        settings[WebhookVariable] is { Length: > 0 } ? new(settings, WebhookVariable) : Of(settings);

    public bool Admits(HttpRequest request) =>
        hashes.Length == 0 || Matches(request.Headers["x-functions-key"]) || Matches(request.Query["code"]);

    // Hashed first: the comparison must reveal nothing about a key, not even its length.
    private bool Matches(string? offered)
    {
        var hash = Hash(offered);
        return hashes.Aggregate(false, (matches, known) => matches | CryptographicOperations.FixedTimeEquals(hash, known));
    }

    private static byte[] Hash(string? text) => SHA256.HashData(Encoding.UTF8.GetBytes(text ?? ""));
}
