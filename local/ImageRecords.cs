using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Local;

/// <summary>The app's verdicts on uploaded images.</summary>
internal sealed class ImageRecords(StackFile stack) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan VerdictTimeout = TimeSpan.FromMinutes(2);
    private readonly HttpClient client = new() { BaseAddress = stack.Url };

    public void Dispose() => client.Dispose();

    public async Task<string?> DecidedAtAsync(string blobName, CancellationToken cancellation) =>
        await FindAsync(blobName, cancellation) is { } record ? Text(record, "decidedAt") : null;

    /// <summary>Waits for a verdict newer than that of an earlier upload; null if none comes.</summary>
    public async Task<string?> WaitForVerdictAsync(string blobName, string? decidedBefore, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(VerdictTimeout);
        try
        {
            while (true)
            {
                if (
                    await FindAsync(blobName, limit.Token) is { } record
                    && Text(record, "decidedAt") is { } decided
                    && decided != decidedBefore
                )
                {
                    return Describe(record);
                }
                await Task.Delay(Pause, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>One line, such as "copy of images/cat.jpg (similarity 0.998), moved to quarantine".</summary>
    public static string Describe(JsonElement record)
    {
        if (Text(record, "status") == "rejected")
        {
            return $"rejected: {Text(record, "reason")}";
        }
        var line = Text(record, "verdict") switch
        {
            "new" or null => "new",
            "lookAlike" => $"looks like {Original(record)}",
            "exact" => $"exact copy of {Original(record)}",
            var verdict => $"{verdict} of {Original(record)}",
        };
        if (
            Text(record, "verdict") is "copy" or "lookAlike"
            && record.TryGetProperty("similarity", out var similarity)
            && similarity.ValueKind == JsonValueKind.Number
        )
        {
            line += string.Create(CultureInfo.InvariantCulture, $" (similarity {similarity.GetDouble():0.000})");
        }
        return Text(record, "status") == "quarantined" ? line + ", moved to quarantine" : line + ", indexed";
    }

    private async Task<JsonElement?> FindAsync(string blobName, CancellationToken cancellation)
    {
        var path = Uri.EscapeDataString($"{stack.Storage.Images}/{blobName}");
        using var response = await client.GetAsync($"api/images?path={path}", cancellation);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        response.EnsureSuccessStatusCode();
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(cancellation));
    }

    private static string? Original(JsonElement record) =>
        record.TryGetProperty("duplicateOf", out var other) && other.ValueKind == JsonValueKind.Object
            ? Text(other, "path")
            : "another image";

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
