using System.Text.Json;
using System.Text.Json.Nodes;

namespace SearchEmulator.Http;

internal static class RequestBody
{
    public const int MaxBytes = 16 * 1024 * 1024;
    public const long MaxBytesRead = 512L * 1024 * 1024;

    private static readonly object SeenKey = new();

    /// <summary>The body of a request that has been read, for the request log.</summary>
    public static ReadOnlyMemory<byte> Seen(HttpContext context) => context.Items[SeenKey] is Memory<byte> content ? content : default;

    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream((int)Math.Min(request.ContentLength ?? 4096, MaxBytes));
        var buffer = new byte[64 * 1024];
        int read;
        var tooLarge = false;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            // Too large a body is still read to its end: a client in the middle of sending would see a broken connection, not the answer.
            tooLarge |= body.Length + read > MaxBytes;
            if (!tooLarge)
            {
                await body.WriteAsync(buffer.AsMemory(0, read));
            }
        }

        if (tooLarge)
        {
            throw new ServiceException(413, string.Empty, "The page was not displayed because the request entity is too large.");
        }

        var content = body.GetBuffer().AsMemory(0, (int)body.Length);
        request.HttpContext.Items[SeenKey] = content;
        return content;
    }

    public static async Task<JsonDocument> ReadJsonAsync(HttpRequest request, string parameter)
    {
        var body = await ReadAsync(request);
        try
        {
            JsonText.RequireValid(body.Span);
            var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json : throw Missing(parameter);
        }
        catch (JsonException failure)
        {
            throw Malformed(parameter, failure);
        }
    }

    public static async Task<JsonObject> ReadObjectAsync(HttpRequest request, string parameter)
    {
        var body = await ReadAsync(request);
        try
        {
            JsonText.RequireValid(body.Span);
            return JsonNode.Parse(body.Span, null, new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject
                ?? throw Missing(parameter);
        }
        catch (JsonException failure)
        {
            throw Malformed(parameter, failure);
        }
    }

    private static ServiceException Malformed(string parameter, JsonException failure) =>
        ServiceException.BadRequest($"The request is invalid. Details: {parameter} : {failure.Message}");

    private static ServiceException Missing(string parameter) =>
        ServiceException.BadRequest($"The request is invalid. Details: {parameter} : A JSON object is required in the body.");
}
