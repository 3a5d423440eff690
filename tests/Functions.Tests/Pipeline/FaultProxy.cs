using System.Collections.Concurrent;
using System.Net;
using FunctionsHost.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Functions.Tests.Pipeline;

/// <summary>What goes wrong with a request to storage.</summary>
internal enum StorageFault
{
    Busy,
    TooMany,
    Broken,
    Cut,

    /// <summary>The request is carried out and its answer is lost.</summary>
    LostAnswer,
    Slow,
}

/// <summary>Stands between the apps and Azurite and lets a share of the requests fail, each in one of several ways.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private static readonly StorageFault[] Faults = Enum.GetValues<StorageFault>();

    /// <summary>The signature covers the very letters of the path.</summary>
    private readonly AsWritten asSigned = new();

    private readonly List<WebApplication> services = [];
    private readonly HttpMessageInvoker client = new(
        new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
        }
    );

    private FaultProxy() { }

    /// <summary>The share of requests that fail, from 0 to 1.</summary>
    public double Rate { get; set; }

    /// <summary>Nothing gets through.</summary>
    public bool IsDown { get; set; }

    /// <summary>The share of requests that take long, and how long at most.</summary>
    public (double Rate, TimeSpan Longest) Delays { get; set; }

    /// <summary>How often each fault struck.</summary>
    public ConcurrentDictionary<StorageFault, int> Struck { get; } = new();

    /// <summary>Every request that came through, in order: what it was, and how many bytes went up.</summary>
    public ConcurrentQueue<(string Method, string Path, long Up)> Seen { get; } = new();

    public string ConnectionString { get; private set; } = "";

    public static async Task<FaultProxy> StartAsync(string connectionString)
    {
        var proxy = new FaultProxy();
        var parts = new List<string>();
        foreach (var part in connectionString.Split(';'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var isEndpoint = part[..equals].EndsWith("Endpoint", StringComparison.Ordinal);
            parts.Add(isEndpoint ? $"{part[..equals]}={await proxy.ServeAsync(new Uri(part[(equals + 1)..]))}" : part);
        }

        proxy.ConnectionString = string.Join(';', parts);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in services)
        {
            await service.DisposeAsync();
        }

        client.Dispose();
    }

    private async Task<Uri> ServeAsync(Uri target)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.Services.AddHttpForwarder();
        var app = builder.Build();
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        app.Run(context => HandleAsync(context, forwarder, target.GetLeftPart(UriPartial.Authority)));
        await app.StartAsync();
        services.Add(app);
        return new Uri(new Uri(app.Urls.Single()), target.AbsolutePath);
    }

    private async Task HandleAsync(HttpContext context, IHttpForwarder forwarder, string target)
    {
        if (IsDown)
        {
            context.Response.StatusCode = 503;
            return;
        }

        Seen.Enqueue((context.Request.Method, context.Request.Path.Value ?? "", context.Request.ContentLength ?? 0));
        if (Random.Shared.NextDouble() < Delays.Rate)
        {
            await Task.Delay(Delays.Longest * Random.Shared.NextDouble(), context.RequestAborted);
        }

        if (Random.Shared.NextDouble() < Rate)
        {
            var fault = Faults[Random.Shared.Next(Faults.Length)];
            Struck.AddOrUpdate(fault, 1, (_, count) => count + 1);
            switch (fault)
            {
                case StorageFault.Busy or StorageFault.TooMany or StorageFault.Broken:
                    context.Response.StatusCode = fault switch
                    {
                        StorageFault.Busy => 503,
                        StorageFault.TooMany => 429,
                        _ => 500,
                    };
                    context.Response.Headers.RetryAfter = fault == StorageFault.TooMany ? "1" : default;
                    return;
                case StorageFault.Cut:
                    context.Abort();
                    return;
                case StorageFault.LostAnswer:
                    context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
                    await forwarder.SendAsync(context, target, client, ForwarderRequestConfig.Empty, asSigned);
                    context.Abort();
                    return;
                default:
                    await Task.Delay(300, context.RequestAborted);
                    break;
            }
        }

        await forwarder.SendAsync(context, target, client, ForwarderRequestConfig.Empty, asSigned);
    }
}
