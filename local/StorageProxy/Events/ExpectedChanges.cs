using System.Text;
using Microsoft.AspNetCore.Http;
using StorageProxy.Storage;

namespace StorageProxy.Events;

/// <summary>The changes a request to the blob service makes if its answer reports success.</summary>
internal sealed class ExpectedChanges
{
    // The largest batch body that Azure and Azurite accept.
    private const int LongestBatch = 4 * 1024 * 1024;

    private readonly Uri endpoint;
    private readonly BlobChange? single;
    private readonly BatchRequest? batch;
    private readonly string? clientRequestId;

    private ExpectedChanges(Uri endpoint, HttpRequest request, BlobChange? single, BatchRequest? batch)
    {
        (this.endpoint, this.single, this.batch) = (endpoint, single, batch);
        clientRequestId = request.Headers["x-ms-client-request-id"];
    }

    /// <summary>Null if nothing can change.</summary>
    public static async Task<ExpectedChanges?> ReadAsync(HttpRequest request, string target, Uri endpoint)
    {
        var storage = StorageRequest.Of(
            request.Method,
            target,
            name => request.Headers.TryGetValue(name, out var values) ? values.ToString() : null
        );
        if (BlobChange.Of(storage) is { } change)
        {
            return new ExpectedChanges(endpoint, request, change, null);
        }

        return storage.Method == "POST" && storage.Query.GetValueOrDefault("comp") == "batch"
            ? new ExpectedChanges(endpoint, request, null, BatchRequest.Parse(request.ContentType, await ReadBodyAsync(request)))
            : null;
    }

    public async Task<IReadOnlyList<GridEvent>> MadeAsync(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
        {
            return [];
        }

        if (batch is null)
        {
            return [Event(single!, response)];
        }

        await response.Content.LoadIntoBufferAsync();
        var answer = await response.Content.ReadAsStringAsync();
        return [.. batch.Made(response.Content.Headers.ContentType?.ToString(), answer).Select(change => Event(change, response))];
    }

    private GridEvent Event(BlobChange change, HttpResponseMessage response) =>
        GridEvent.Of(change, endpoint, response.Headers.ETag?.Tag.Trim('"'), clientRequestId);

    private static async Task<string> ReadBodyAsync(HttpRequest request)
    {
        var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(chunk)) > 0; )
        {
            await buffer.WriteAsync(chunk.AsMemory(0, read));
            if (buffer.Length > LongestBatch)
            {
                throw new BadHttpRequestException("A batch is larger than 4 MB.", StatusCodes.Status413PayloadTooLarge);
            }
        }

        buffer.Position = 0;
        request.Body = buffer;
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
