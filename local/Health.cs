using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Local;

internal static class Health
{
    /// <summary>A start of usual length prints nothing.</summary>
    private static readonly TimeSpan QuietTime = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static string Summary(JsonElement health) =>
        health.TryGetProperty("model", out var model) && model.TryGetProperty("name", out var name) ? $"model {name}" : "healthy";

    /// <summary>Polls the app until it is ready, and reports what it waits for meanwhile.</summary>
    public static async Task<JsonElement> WaitAsync(Uri url, CancellationToken cancellation)
    {
        using var client = new HttpClient { BaseAddress = url };
        var told = "";
        var since = Stopwatch.StartNew();
        while (true)
        {
            var (isReady, reason, body) = await AskAsync(client, cancellation);
            if (isReady)
            {
                return body;
            }

            if (reason != told && since.Elapsed > QuietTime)
            {
                Steps.Busy(told = reason);
                since.Restart();
            }

            await Task.Delay(Pause, cancellation);
        }
    }

    private static async Task<(bool IsReady, string Reason, JsonElement Body)> AskAsync(HttpClient client, CancellationToken cancellation)
    {
        try
        {
            using var response = await client.GetAsync("api/health", cancellation);
            var body = JsonElement.Parse(await response.Content.ReadAsStringAsync(cancellation));
            return (
                response.StatusCode == HttpStatusCode.OK,
                body.TryGetProperty("detail", out var detail) ? $"{detail}" : $"{response.StatusCode}",
                body
            );
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException)
        {
            return (false, "The app does not answer yet.", default);
        }
    }
}
