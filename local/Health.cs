using System.Net;
using System.Text.Json;

namespace Local;

internal static class Health
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static string Summary(JsonElement health) =>
        health.TryGetProperty("model", out var model) && model.TryGetProperty("name", out var name) ? $"model {name}" : "healthy";

    /// <summary>Asks the app until it says that it is healthy.</summary>
    /// <exception cref="LocalRunException">It still is not after <paramref name="patience"/>; the message has its own reason.</exception>
    public static async Task<JsonElement> WaitAsync(Uri url, TimeSpan patience, CancellationToken cancellation)
    {
        using var client = new HttpClient { BaseAddress = url };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        var last = "it did not answer";
        try
        {
            while (true)
            {
                using var response = await client.GetAsync("api/health", limit.Token);
                var body = await response.Content.ReadAsStringAsync(limit.Token);
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    return JsonElement.Parse(body);
                }
                last = $"{(int)response.StatusCode} {body}";
                await Task.Delay(Pause, limit.Token);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException
            || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            var reason = exception is OperationCanceledException ? last : exception.Message;
            throw new LocalRunException($"The app is not healthy: GET {url}api/health says {reason}");
        }
    }
}
