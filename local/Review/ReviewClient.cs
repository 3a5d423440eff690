using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Local.Review;

/// <summary>Client of the running app's review of its quarantine.</summary>
internal sealed class ReviewClient : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly HttpClient client;

    public ReviewClient(Uri app, string? key)
    {
        client = new HttpClient { BaseAddress = app };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Add("x-functions-key", key);
        }
    }

    /// <summary>The report of a finished review.</summary>
    /// <param name="progress">Receives the number of judged images once a second.</param>
    public async Task<JsonElement> RunAsync(bool restore, Action<int> progress, CancellationToken cancellation)
    {
        var report = await ReadAsync(
            client.PostAsync($"api/duplicates/review?restore={(restore ? "true" : "false")}", null, cancellation),
            cancellation
        );
        while (report.GetProperty("status").GetString() == "running")
        {
            progress(report.GetProperty("judged").GetInt32());
            await Task.Delay(Poll, cancellation);
            report = await ReadAsync(client.GetAsync(Address(report), cancellation), cancellation);
        }

        return report;
    }

    /// <summary>What should not be in quarantine, over all pages of the report.</summary>
    public async IAsyncEnumerable<JsonElement> ImagesAsync(JsonElement report, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var page = report; ; )
        {
            foreach (var image in page.GetProperty("images").EnumerateArray())
            {
                yield return image;
            }

            if (page.GetProperty("continuation").GetString() is not { } continuation)
            {
                break;
            }

            page = await ReadAsync(client.GetAsync($"{Address(report)}?continuation={continuation}", cancellation), cancellation);
        }
    }

    public void Dispose() => client.Dispose();

    private static string Address(JsonElement report) => $"api/duplicates/review/{report.GetProperty("id").GetString()}";

    private static async Task<JsonElement> ReadAsync(Task<HttpResponseMessage> request, CancellationToken cancellation)
    {
        using var response = await request;
        var text = await response.Content.ReadAsStringAsync(cancellation);
        return response.IsSuccessStatusCode
            ? JsonElement.Parse(text)
            : throw new LocalRunException($"The app answered {(int)response.StatusCode}: {Detail(text)}");
    }

    private static string Detail(string text)
    {
        try
        {
            return JsonElement.Parse(text).TryGetProperty("detail", out var detail) ? detail.GetString() ?? text : text;
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
