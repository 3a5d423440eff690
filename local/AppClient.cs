using System.Net;
using System.Text.Json;

namespace Local;

/// <summary>Calls the running app for the run itself, with the key that may operate where keys are demanded.</summary>
internal sealed class AppClient(Uri url, string? key)
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public HttpClient Open()
    {
        var client = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromMinutes(10) };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Add("x-functions-key", key);
        }

        return client;
    }

    /// <summary>The answer, or null where the app cannot answer now.</summary>
    /// <exception cref="UnauthorizedAccessException">No key is set that may do this.</exception>
    public static async Task<JsonElement?> AskAsync(Func<Task<HttpResponseMessage>> send, CancellationToken cancellation)
    {
        try
        {
            using var response = await send();
            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            {
                throw new UnauthorizedAccessException();
            }

            return response.IsSuccessStatusCode ? JsonElement.Parse(await response.Content.ReadAsStringAsync(cancellation)) : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException)
        {
            return null;
        }
    }
}
