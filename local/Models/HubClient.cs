using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Serverless.Embeddings;
using Serverless.Embeddings.Catalogue;

namespace Local.Models;

/// <summary>The needed part of the hub's HTTP API. Honours Retry-After and resumes interrupted downloads.</summary>
internal sealed partial class HubClient(HttpClient http, HubEnvironment environment, TimeProvider time)
{
    private const int MostAttempts = 6;
    private const int BufferBytes = 1 << 17;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    public async Task<HubRevision> GetRevisionAsync(string repository, string revision, CancellationToken cancellation)
    {
        var address = new Uri(environment.Endpoint, $"api/models/{repository}/revision/{Uri.EscapeDataString(revision)}?blobs=true");
        return await RetryAsync(
            async () =>
            {
                using var response = await SendAsync(address, 0, HttpCompletionOption.ResponseContentRead, cancellation);
                await using var body = await response.Content.ReadAsStreamAsync(cancellation);
                using var json = await JsonDocument.ParseAsync(body, cancellationToken: cancellation);
                return Read(address, json.RootElement);
            },
            cancellation
        );
    }

    /// <summary>Downloads into <paramref name="target"/>, resuming after its current end.</summary>
    public Task DownloadAsync(
        string repository,
        string commit,
        HubFile file,
        string target,
        IProgress<long> progress,
        CancellationToken cancellation
    )
    {
        var address = new Uri(environment.Endpoint, $"{repository}/resolve/{commit}/{file.Path}");
        return RetryAsync(
            async () =>
            {
                await using var stream = new FileStream(target, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
                if (stream.Length > file.Size)
                {
                    stream.SetLength(0);
                }

                if (stream.Length < file.Size || file.Size == 0)
                {
                    await ReceiveAsync(address, file, stream, progress, cancellation);
                }

                return true;
            },
            cancellation
        );
    }

    private async Task ReceiveAsync(Uri address, HubFile file, FileStream stream, IProgress<long> progress, CancellationToken cancellation)
    {
        using var response = await SendAsync(address, stream.Length, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (response.StatusCode != HttpStatusCode.PartialContent)
        {
            stream.SetLength(0); // the server sends the whole file, whatever was asked for
        }

        stream.Seek(0, SeekOrigin.End);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[BufferBytes];
        int read;
        while ((read = await ReadAsync(body, buffer, file.Path, cancellation)) > 0)
        {
            if (stream.Length + read > file.Size)
            {
                throw new ModelException(file.Path, $"the server sends more than the {file.Size} bytes the hub announced.");
            }

            await stream.WriteAsync(buffer.AsMemory(0, read), cancellation);
            progress.Report(stream.Length);
        }

        if (stream.Length < file.Size)
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded, $"{file.Path} ended after {stream.Length} of {file.Size} bytes.");
        }
    }

    /// <summary>Real time, even if tests fake the waits between attempts: the other side is slow.</summary>
    private async Task<int> ReadAsync(Stream body, byte[] buffer, string path, CancellationToken cancellation)
    {
        using var stalled = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stalled.CancelAfter(environment.DownloadTimeout);
        try
        {
            return await body.ReadAsync(buffer, stalled.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new HttpIOException(
                HttpRequestError.ResponseEnded,
                $"{path} stalled: no data for {environment.DownloadTimeout.TotalSeconds:0.#} s (HF_HUB_DOWNLOAD_TIMEOUT)."
            );
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        Uri address,
        long from,
        HttpCompletionOption completion,
        CancellationToken cancellation
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.UserAgent.ParseAdd("image-gate/1.0");
        if (environment.Token is { } token && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback))
        {
            // Not passed on to where it redirects, and never over a network in the clear.
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (from > 0)
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
        }

        var response = await http.SendAsync(request, completion, cancellation);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw Failure(address, response);
        }
    }

    private Exception Failure(Uri address, HttpResponseMessage response) =>
        response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new ModelException(
                address.ToString(),
                $"the hub refuses access ({(int)response.StatusCode}): accept the model's terms on its page, and set HF_TOKEN to a token "
                    + "that may read it."
            ),
            HttpStatusCode.NotFound => new ModelException(address.ToString(), "the hub has no such repository, revision or file."),
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError =>
                new HubBusyException($"{address} answered {(int)response.StatusCode}.", RetryAfter(response)),
            _ => new ModelException(address.ToString(), $"the hub answered {(int)response.StatusCode} {response.ReasonPhrase}."),
        };

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter?.Delta
        ?? (response.Headers.RetryAfter?.Date is { } date ? date - (response.Headers.Date ?? time.GetUtcNow()) : null);

    private async Task<T> RetryAsync<T>(Func<Task<T>> attempt, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await attempt();
            }
            catch (Exception exception) when (IsTransient(exception, cancellation))
            {
                if (tries == MostAttempts)
                {
                    throw new ModelException(
                        environment.Endpoint.ToString(),
                        $"gave up after {tries} attempts: {exception.Message} The partial download is kept; pull again to resume.",
                        exception
                    );
                }

                var wait = (exception as HubBusyException)?.RetryAfter ?? TimeSpan.FromSeconds(Math.Pow(2, tries - 1));
                await Task.Delay(
                    wait < TimeSpan.Zero ? TimeSpan.Zero
                        : wait < LongestWait ? wait
                        : LongestWait,
                    time,
                    cancellation
                );
            }
        }
    }

    private static bool IsTransient(Exception exception, CancellationToken cancellation) =>
        exception switch
        {
            HubBusyException or HttpRequestException or HttpIOException => true,
            IOException { InnerException: System.Net.Sockets.SocketException } => true,
            TaskCanceledException => !cancellation.IsCancellationRequested, // the client's own time limit
            _ => false,
        };

    private static HubRevision Read(Uri address, JsonElement root)
    {
        try
        {
            var commit = root.GetProperty("sha").GetString()!;
            var files = root.GetProperty("siblings").EnumerateArray().Select(File).ToArray();
            return Hash().IsMatch(commit) && files.All(file => Hash().IsMatch(file.BlobName))
                ? new HubRevision(commit, files)
                : throw new ModelException(address.ToString(), "the reply contains an invalid hash.");
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ModelException(address.ToString(), $"the hub's reply is invalid: {exception.Message}", exception);
        }
    }

    private static HubFile File(JsonElement sibling)
    {
        var lfs = sibling.TryGetProperty("lfs", out var value) && value.ValueKind == JsonValueKind.Object ? value : (JsonElement?)null;
        return new HubFile(
            sibling.GetProperty("rfilename").GetString()!,
            sibling.GetProperty("size").GetInt64(),
            lfs?.GetProperty("sha256").GetString(),
            sibling.GetProperty("blobId").GetString()
        );
    }

    [GeneratedRegex("^([0-9a-f]{40}|[0-9a-f]{64})$")]
    private static partial Regex Hash();

    private sealed class HubBusyException(string message, TimeSpan? retryAfter) : Exception(message)
    {
        public TimeSpan? RetryAfter { get; } = retryAfter;
    }
}
