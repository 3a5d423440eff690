using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Functions.Tests.Embeddings;

/// <summary>
/// A server that speaks the hub's API over some repositories: revision listing with hashes, resolve with a redirect of large
/// files to another host that must not see the token, ranges. Faults are switched on by path.
/// </summary>
internal sealed class LocalHub : IAsyncDisposable
{
    public const string Repository = "someone/tiny-clip";
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";
    public const string Token = "hf_test";

    private readonly WebApplication app;
    private readonly Dictionary<string, Dictionary<string, byte[]>> repositories = [];

    private LocalHub(WebApplication app) => this.app = app;

    /// <summary>Of <see cref="Repository"/>.</summary>
    public Dictionary<string, byte[]> Files => this[Repository];

    /// <summary>The files of a repository, which is there from the first one on.</summary>
    public Dictionary<string, byte[]> this[string repository] =>
        repositories.TryGetValue(repository, out var files) ? files : repositories[repository] = [];

    /// <summary>Files that end early the first so many times.</summary>
    public ConcurrentDictionary<string, int> Cuts { get; } = new();

    /// <summary>Files that stop coming in the middle the first so many times, with the line left open.</summary>
    public ConcurrentDictionary<string, int> Stalls { get; } = new();

    /// <summary>Answers 429 the first so many times.</summary>
    public int Busy { get; set; }

    /// <summary>Files whose bytes are not those of the stated hash.</summary>
    public HashSet<string> Forged { get; } = [];

    public bool Private { get; set; }

    public ConcurrentQueue<(string Path, string? Range, string? Authorization)> Requests { get; } = new();

    public Uri Endpoint => new(app.Urls.First());

    public static async Task<LocalHub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var hub = new LocalHub(builder.Build());
        hub.app.Use(hub.GuardAsync);
        hub.app.MapGet("/api/models/{owner}/{name}/revision/{revision}", hub.Describe);
        hub.app.MapGet("/{owner}/{name}/resolve/{commit}/{**path}", hub.ResolveAsync);
        hub.app.MapGet("/cdn/{**path}", (string path, string of, HttpContext context) => hub.SendAsync(of, path, context));
        await hub.app.StartAsync();
        return hub;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value!;
        var authorization = context.Request.Headers.Authorization.ToString();
        Requests.Enqueue((path, context.Request.Headers.Range, authorization));
        if (Busy > 0)
        {
            Busy--;
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "7";
        }
        else if (Private && !path.StartsWith("/cdn", StringComparison.Ordinal) && authorization != "Bearer " + Token)
        {
            context.Response.StatusCode = 401;
        }
        else
        {
            await next(context);
        }
    }

    private IResult Describe(string owner, string name, string revision) =>
        (revision != "main" && revision.Length != Commit.Length) || !repositories.TryGetValue($"{owner}/{name}", out var files)
            ? Results.NotFound()
            : Results.Json(
                new
                {
                    id = $"{owner}/{name}",
                    sha = revision == "main" ? Commit : revision,
                    siblings = files.Select(file => new
                    {
                        rfilename = file.Key,
                        size = file.Value.Length,
                        blobId = BlobId(file.Value),
                        lfs = IsLarge(file.Key)
                            ? new
                            {
                                sha256 = Convert.ToHexStringLower(SHA256.HashData(file.Value)),
                                size = file.Value.Length,
                                pointerSize = 130,
                            }
                            : null,
                    }),
                }
            );

    private Task ResolveAsync(string owner, string name, string path, HttpContext context)
    {
        if (!IsLarge(path))
        {
            return SendAsync($"{owner}/{name}", path, context);
        }

        context.Response.Redirect($"http://localhost:{Endpoint.Port}/cdn/{path}?of={owner}/{name}");
        return Task.CompletedTask;
    }

    private async Task SendAsync(string repository, string path, HttpContext context)
    {
        if (!repositories.TryGetValue(repository, out var files) || !files.TryGetValue(path, out var bytes))
        {
            context.Response.StatusCode = 404;
            return;
        }

        if (Forged.Contains(path))
        {
            bytes = [.. bytes.Select(value => (byte)~value)];
        }

        var from = 0;
        if (context.Request.Headers.Range.ToString() is { Length: > 0 } range)
        {
            from = int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes {from}-{bytes.Length - 1}/{bytes.Length}";
        }

        context.Response.ContentLength = bytes.Length - from;
        if (Cuts.TryGetValue(path, out var cuts) && cuts > 0)
        {
            Cuts[path] = cuts - 1;
            await context.Response.Body.WriteAsync(bytes.AsMemory(from, (bytes.Length - from) / 2));
            await context.Response.Body.FlushAsync();
            context.Abort();
            return;
        }

        if (Stalls.TryGetValue(path, out var stalls) && stalls > 0)
        {
            Stalls[path] = stalls - 1;
            await context.Response.Body.WriteAsync(bytes.AsMemory(from, (bytes.Length - from) / 2));
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }

        await context.Response.Body.WriteAsync(bytes.AsMemory(from));
    }

    private static bool IsLarge(string path) => path.EndsWith(".onnx", StringComparison.Ordinal);

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "Git names blobs by SHA-1.")]
    private static string BlobId(byte[] bytes) =>
        Convert.ToHexStringLower(SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {bytes.Length}\0"), .. bytes]));
}
