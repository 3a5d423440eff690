using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Serverless.Imaging;
using Serverless.Imaging.Decoders;

namespace Serverless.Api;

/// <summary>Reads request bodies within the limits, and explains refusals.</summary>
internal sealed class RequestBody(ImageReader reader, IOptions<ImageLimits> limits)
{
    /// <summary>Unknown properties are refused, so that a misspelt filter never widens a search.</summary>
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        MaxDepth = 16,
    };

    public static bool IsImage(HttpRequest request) =>
        request.ContentType is { } type
        && (
            type.StartsWith("image/", StringComparison.OrdinalIgnoreCase)
            || type.StartsWith("application/pdf", StringComparison.OrdinalIgnoreCase)
            || type.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase)
        );

    public async Task<CheckedImage> ImageAsync(HttpRequest request, CancellationToken cancellation) =>
        await CheckAsync("The body", await BytesAsync(request, cancellation), cancellation);

    /// <summary>The whole body, whatever it is.</summary>
    public Task<ReadOnlyMemory<byte>> BytesAsync(HttpRequest request, CancellationToken cancellation) =>
        ReadAsync(request.Body, request.ContentLength, cancellation);

    public async Task<CheckedImage?> ImageAsync(IFormCollection form, string field, CancellationToken cancellation)
    {
        if (form.Files.GetFile(field) is not { } file)
        {
            return null;
        }

        await using var stream = file.OpenReadStream();
        return await CheckAsync($"'{field}'", await ReadAsync(stream, file.Length, cancellation), cancellation);
    }

    public async Task<CheckedImage?> ImageAsync(string field, string? base64, CancellationToken cancellation)
    {
        if (base64 is null)
        {
            return null;
        }

        if (base64.Length / 4 * 3 > limits.Value.MaxBytes + 2)
        {
            throw TooLarge();
        }

        var bytes = new byte[(base64.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(base64, bytes, out var length)
            ? await CheckAsync($"'{field}'", bytes.AsMemory(0, length), cancellation)
            : throw ProblemException.Invalid($"'{field}' must be an image in base64.");
    }

    /// <param name="length">The declared length in bytes, if any.</param>
    public async Task<CheckedImage> ImageAsync(string field, Stream stream, long? length, CancellationToken cancellation) =>
        await CheckAsync($"'{field}'", await ReadAsync(stream, length, cancellation), cancellation);

    public static async Task<IFormCollection> FormAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            return await request.ReadFormAsync(cancellation);
        }
        catch (Exception error) when (error is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw ProblemException.Invalid($"The multipart body cannot be read: {error.Message}");
        }
    }

    public static async Task<T> JsonAsync<T>(HttpRequest request, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, Json, cancellation)
                ?? throw ProblemException.Invalid("The body must be a JSON object.");
        }
        catch (JsonException error)
        {
            throw ProblemException.Invalid($"The body is not the JSON this route expects: {Describe(error)}");
        }
    }

    /// <summary>A form field that holds a JSON object.</summary>
    public static T? JsonField<T>(IFormCollection form, string field)
        where T : class
    {
        if (form[field] is not [{ Length: > 0 } text])
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<T>(text, Json);
        }
        catch (JsonException error)
        {
            throw ProblemException.Invalid($"'{field}' is not the JSON this route expects: {Describe(error)}");
        }
    }

    /// <summary>A form field that is there once for each text, or once with a JSON array of them.</summary>
    public static IReadOnlyList<string>? ListField(IFormCollection form, string field) =>
        form[field] is [['[', ..]] ? JsonField<string[]>(form, field)
        : form[field].Count > 0 ? [.. form[field].OfType<string>()]
        : null;

    private static string Describe(JsonException error) =>
        error.Path is { Length: > 1 } path ? $"{path} is not as described in /api/openapi.json." : "it cannot be parsed.";

    private async Task<CheckedImage> CheckAsync(string what, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var check = await reader.CheckAsync(bytes, DecodeTimeout.Interactive(cancellation));
        return check.Image ?? throw ProblemException.NotAnImage($"{what}: {check.Reason}");
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, long? length, CancellationToken cancellation)
    {
        if (length > limits.Value.MaxBytes)
        {
            throw TooLarge();
        }

        // A declared length is only a promise: memory is allocated as bytes arrive.
        using var buffer = new MemoryStream((int)Math.Min(length ?? 0, 1 << 20));
        var chunk = new byte[81920];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellation)) > 0)
        {
            if (buffer.Length + read > limits.Value.MaxBytes)
            {
                throw TooLarge();
            }

            await buffer.WriteAsync(chunk.AsMemory(0, read), cancellation);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private ProblemException TooLarge() =>
        ProblemException.TooLarge($"An image may have at most {limits.Value.MaxBytes:N0} bytes (Limits:MaxBytes).");
}
