using System.Text.Json;

namespace SearchEmulator.Http;

internal static class RequestBody
{
    public const int MaxBytes = 16 * 1024 * 1024;

    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > MaxBytes)
        {
            throw TooLarge();
        }

        using var body = new MemoryStream((int)(request.ContentLength ?? 4096));
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            if (body.Length + read > MaxBytes)
            {
                throw TooLarge();
            }

            await body.WriteAsync(buffer.AsMemory(0, read));
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    public static async Task<JsonDocument> ReadJsonAsync(HttpRequest request, string parameter)
    {
        var body = await ReadAsync(request);
        if (body.Length == 0)
        {
            throw Missing(parameter);
        }

        try
        {
            var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json : throw Missing(parameter);
        }
        catch (JsonException failure)
        {
            throw ServiceException.BadRequest($"The request is invalid. Details: {parameter} : {failure.Message}");
        }
    }

    public static ServiceException Missing(string parameter) =>
        ServiceException.BadRequest($"The request is invalid. Details: {parameter} : A JSON object is required in the body.");

    private static ServiceException TooLarge() => new(413, string.Empty, "The page was not displayed because the request entity is too large.");
}
