using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Functions.Tests.Embeddings.Hosted;

/// <summary>A request as a provider received it.</summary>
internal sealed record ReceivedRequest(string Method, string Path, string Query, IHeaderDictionary Headers, byte[] Body, DateTimeOffset At)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}

/// <summary>
/// A local server in the place of a vendor's. It answers as documented, refuses what the documentation forbids, and keeps
/// what it received. A fault that is queued is given instead of the next answer.
/// </summary>
internal abstract class ProviderServer(TimeProvider clock) : IAsyncDisposable
{
    private readonly WebApplication app = Build();

    public string Address { get; private set; } = "";

    public ConcurrentQueue<ReceivedRequest> Requests { get; } = new();

    public ConcurrentQueue<Func<HttpResponse, Task>> Faults { get; } = new();

    /// <summary>While true, every request is answered with 503.</summary>
    public bool IsDown { get; set; }

    /// <summary>Answers come after this.</summary>
    public Task Delay { get; set; } = Task.CompletedTask;

    public ReceivedRequest Last => Requests.Last();

    public async Task StartAsync()
    {
        app.Run(HandleAsync);
        await app.StartAsync();
        Address = app
            .Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
    }

    public void Fail(int status, object? body = null, params (string Name, string Value)[] headers) =>
        Faults.Enqueue(response =>
        {
            response.StatusCode = status;
            foreach (var (name, value) in headers)
            {
                response.Headers[name] = value;
            }

            return body is null ? Task.CompletedTask : response.WriteAsJsonAsync(body);
        });

    public ValueTask DisposeAsync() => app.DisposeAsync();

    protected abstract Task AnswerAsync(ReceivedRequest request, HttpResponse response);

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var request = new ReceivedRequest(
            context.Request.Method,
            context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget.Split('?')[0],
            context.Request.QueryString.Value ?? "",
            new HeaderDictionary(context.Request.Headers.ToDictionary()),
            body.ToArray(),
            clock.GetUtcNow()
        );
        if (request.Path != "/token")
        {
            Requests.Enqueue(request);
        }

        await Delay;
        if (IsDown && request.Path != "/token")
        {
            context.Response.StatusCode = (int)HttpStatusCode.ServiceUnavailable;
        }
        else if (request.Path != "/token" && Faults.TryDequeue(out var fault))
        {
            await fault(context.Response);
        }
        else
        {
            await AnswerAsync(request, context.Response);
        }
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = 100 << 20;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        return builder.Build();
    }
}
