using System.Net;
using System.Security.Cryptography.X509Certificates;
using Local;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using SearchEmulator.Authentication;
using SearchEmulator.Certificates;
using SearchEmulator.Diagnostics;
using SearchEmulator.Errors;
using SearchEmulator.Faults;
using SearchEmulator.Http;
using SearchEmulator.Indexes;
using SearchEmulator.Seeding;
using SearchEmulator.Storage;

namespace SearchEmulator;

/// <summary>Starts the emulator, says where it listens, and turns what can go wrong at start into one sentence.</summary>
internal static class EmulatorHost
{
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            if (args is ["--help" or "-h"])
            {
                await Console.Out.WriteLineAsync(EmulatorOptions.Usage);
                return 0;
            }

            var options = EmulatorOptions.Parse(args);
            using var folder = DataFolder.Open(options.Data);
            using var certificate = LoopbackCertificate.LoadOrCreate(folder.Path, TimeProvider.System);
            await using var app = Build(options, folder, certificate);
            if (options.Import is { } seed)
            {
                SeedFile.Import(app.Services.GetRequiredService<IndexCatalog>(), seed);
            }

            if (options.Export is { } target)
            {
                await using var file = File.Create(target);
                await SeedFile.ExportAsync(app.Services.GetRequiredService<IndexCatalog>(), file);
                return 0;
            }

            await app.StartAsync();
            if (options.HttpPort is not null)
            {
                await Console.Out.WriteLineAsync($"http {Address(app, "http")}");
            }

            await Console.Out.WriteLineAsync($"ready {Address(app, "https")}");
            if (!Console.IsOutputRedirected)
            {
                ExplainTrust(Path.Combine(folder.Path, LoopbackCertificate.PublicFile));
            }

            if (options.StopWithStdin)
            {
                _ = StopWithStdinAsync(app.Lifetime);
            }

            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception failure) when (Explain(failure) is not null)
        {
            await Console.Error.WriteLineAsync(Explain(failure));
            return 1;
        }
    }

    public static WebApplication Build(EmulatorOptions options, DataFolder folder, X509Certificate2 certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder
            .Logging.ClearProviders()
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .SetMinimumLevel(LogLevel.Warning)
            // A failed start is explained in one sentence below, not in a stack trace.
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listen(kestrel, options, certificate));
        builder
            .Services.AddSingleton(TimeProvider.System)
            .AddSingleton(options)
            .AddSingleton(new ApiKeys(options.AdminKey, options.QueryKey, options.AcceptAnyBearer))
            .AddSingleton(services => new IndexCatalog(folder.Path, services.GetRequiredService<TimeProvider>(), options.IndexingDelay))
            .AddSingleton(_ => new FaultInjection(options.Faults))
            .AddSingleton(_ => new RequestLog(options.RequestLog))
            .AddSingleton<EmulatorEndpoints>()
            .AddSingleton<IndexEndpoints>()
            .AddSingleton<DocumentEndpoints>()
            .AddSingleton<SearchEndpoint>()
            .AddSingleton<Cors>()
            .AddSingleton<Router>()
            .AddSingleton<Pipeline>();

        var app = builder.Build();

        // Its callers send a key in a header, which a page of another site can do only where an index allows that (CORS).
        app.UseLoopbackCallersOnly(anyOrigin: true);

        // Loads the indexes now, before the first request and before anyone is told that the emulator is ready.
        app.Run(app.Services.GetRequiredService<Pipeline>().RunAsync);
        return app;
    }

    public static string Address(WebApplication app, string scheme) =>
        app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First(address => address.StartsWith(scheme + ":", StringComparison.Ordinal));

    private static void Listen(KestrelServerOptions kestrel, EmulatorOptions options, X509Certificate2 certificate)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = RequestBody.MaxBytesRead;
        kestrel.Limits.MaxRequestLineSize = 32 * 1024;
        kestrel.Listen(IPAddress.Loopback, options.Port, endpoint => endpoint.UseHttps(certificate));
        if (options.HttpPort is { } port)
        {
            kestrel.Listen(IPAddress.Loopback, port);
        }
    }

    /// <summary>For a person at a terminal; programs that start the emulator read the line above and nothing else.</summary>
    private static void ExplainTrust(string certificate) =>
        Console.Error.WriteLine(
            $"""
            To trust its certificate start your program with
              .NET on Linux:  SSL_CERT_FILE={certificate}
              Node.js:        NODE_EXTRA_CA_CERTS={certificate}
              curl:           --cacert {certificate}
            """
        );

    private static async Task StopWithStdinAsync(IHostApplicationLifetime lifetime)
    {
        await using var input = Console.OpenStandardInput();
        var buffer = new byte[256];
        while (await input.ReadAsync(buffer) > 0)
        {
            // What is typed has no meaning; only the end has.
        }

        lifetime.StopApplication();
    }

    private static string? Explain(Exception failure) =>
        failure switch
        {
            UsageException or DamagedFileException or StorageException => failure.Message,
            IOException or UnauthorizedAccessException => failure.Message,
            _ => null,
        };
}
