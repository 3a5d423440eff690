using System.Globalization;
using System.Text.Json;
using SearchEmulator.Http;

namespace SearchEmulator.Diagnostics;

/// <summary>
/// One line of JSON per request: what was asked, what was answered, how long it took. Headers are left out, for they hold keys.
/// </summary>
internal sealed class RequestLog : IDisposable
{
    private const int LongestBody = 64 * 1024;
    private readonly Lock _lock = new();
    private readonly FileStream? _file;

    public RequestLog(string? path)
    {
        if (path is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        }
    }

    public void Write(HttpContext context, TimeSpan elapsed)
    {
        if (_file is null)
        {
            return;
        }

        var line = JsonResponse.Build(json =>
        {
            json.WriteStartObject();
            json.WriteString("time", DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("method", context.Request.Method);
            json.WriteString("target", context.Request.Path + context.Request.QueryString);
            json.WriteNumber("status", context.Response.StatusCode);
            json.WriteNumber("elapsedMs", Math.Round(elapsed.TotalMilliseconds, 3));
            json.WriteString("requestId", context.Response.Headers["request-id"].ToString());
            json.WriteString("clientRequestId", context.Request.Headers["x-ms-client-request-id"].ToString());
            json.WriteString("userAgent", context.Request.Headers.UserAgent.ToString());
            WriteBody(json, RequestBody.Seen(context));
            json.WriteEndObject();
        });
        lock (_lock)
        {
            _file.Write(line.WrittenSpan);
            _file.WriteByte((byte)'\n');
            _file.Flush();
        }
    }

    public void Dispose() => _file?.Dispose();

    private static void WriteBody(Utf8JsonWriter json, ReadOnlyMemory<byte> body)
    {
        json.WriteNumber("requestBytes", body.Length);
        if (body.Length is 0 or > LongestBody)
        {
            return;
        }

        try
        {
            using var parsed = JsonDocument.Parse(body);
            json.WritePropertyName("body");
            parsed.RootElement.WriteTo(json);
        }
        catch (JsonException)
        {
            json.WriteString("body", System.Text.Encoding.UTF8.GetString(body.Span));
        }
    }
}
