using System.Net.Http.Headers;
using System.Text;

namespace StorageProxy.Events;

/// <summary>The Functions host's endpoint for events of blob triggers.</summary>
/// <param name="host">Null until the host's address is known.</param>
/// <param name="function">Such as <c>IngestImage</c>.</param>
internal sealed class WebhookTarget(Func<Uri?> host, string function, string? key) : IEventTarget, IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };

    public async Task TellAsync(GridEvent @event, CancellationToken cancellation)
    {
        var address = new Uri(
            host() ?? throw new HttpRequestException("The Functions host has not started yet."),
            $"/runtime/webhooks/blobs?functionName=Host.Functions.{Uri.EscapeDataString(function)}"
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent($"[{@event.Json}]", Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("aeg-event-type", "Notification");
        if (key is not null)
        {
            request.Headers.Add("x-functions-key", key);
        }

        using var response = await client.SendAsync(request, cancellation);
        response.EnsureSuccessStatusCode();
    }

    public void Dispose() => client.Dispose();
}
