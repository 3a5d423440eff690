using System.Net;
using Local;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StorageProxy.Events;
using StorageProxy.Http;
using StorageProxy.Storage;

namespace StorageProxy;

/// <summary>
/// Stands in front of Azurite on the well-known ports: it keeps web pages away and raises the events that Event Grid raises in Azure when a
/// blob is uploaded or deleted.
/// </summary>
internal sealed class StorageProxyServer : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly Dictionary<StorageService, ListenOptions> listeners = [];
    private readonly StorageForwarder forwarder;
    private bool isDisposed;

    private StorageProxyServer(ProxyOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.Services.AddHttpForwarder();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        web = builder.Build();
        Events = new EventDelivery(new EventJournal(options.EventFolder), options.Log);
        forwarder = new StorageForwarder(
            web.Services.GetRequiredService<Yarp.ReverseProxy.Forwarder.IHttpForwarder>(),
            options.Secret,
            Events
        );
        web.Use((context, next) => IsAdmitted(context.Request) ? next(context) : LoopbackCallers.RefuseAsync(context));
        web.Run(context => forwarder.ForwardAsync(context, ServiceAt(context), Endpoints));
    }

    public EventDelivery Events { get; }

    /// <summary>The addresses for clients.</summary>
    public StorageEndpoints Endpoints =>
        new(AddressOf(StorageService.Blob), AddressOf(StorageService.Queue), AddressOf(StorageService.Table));

    /// <summary>The addresses behind the proxy; until they are set, requests are answered with 503.</summary>
    public StorageEndpoints? Backend
    {
        get => forwarder.Backend;
        set => forwarder.Backend = value;
    }

    /// <exception cref="IOException">A port is in use, or the folder of the events cannot be used.</exception>
    public static async Task<StorageProxyServer> StartAsync(ProxyOptions options)
    {
        var server = new StorageProxyServer(options);
        try
        {
            await server.web.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        await Events.DisposeAsync();
        await web.DisposeAsync();
        forwarder.Dispose();
    }

    private void Listen(KestrelServerOptions kestrel, ProxyOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MaxRequestLineSize = 32 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 64 * 1024;

        // Metadata bytes are forwarded unchanged, whatever they are.
        kestrel.RequestHeaderEncodingSelector = _ => System.Text.Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = _ => System.Text.Encoding.Latin1;
        foreach (var service in Enum.GetValues<StorageService>())
        {
            kestrel.Listen(IPAddress.Loopback, options.PortOf(service), listener => listeners[service] = listener);
        }
    }

    private bool IsAdmitted(HttpRequest request) =>
        LoopbackCallers.Admits(request, anyOrigin: SideEffects.AreNone(request, ServiceAt(request.HttpContext)));

    private StorageService ServiceAt(HttpContext context) =>
        listeners.First(listener => listener.Value.IPEndPoint!.Port == context.Connection.LocalPort).Key;

    private Uri AddressOf(StorageService service) => new($"http://{listeners[service].IPEndPoint}");

    /// <summary>Whoever starts this handles signals.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
