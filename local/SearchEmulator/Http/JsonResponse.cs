using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SearchEmulator.Http;

internal static class JsonResponse
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Bodies are built whole before the first byte is sent, so that a failure can still become an error response.</summary>
    public static ArrayBufferWriter<byte> Build(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Options);
        write(json);
        return buffer;
    }

    public static Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write) => SendAsync(context, Build(write));

    public static async Task SendAsync(HttpContext context, ArrayBufferWriter<byte> buffer)
    {
        context.Response.ContentType =
            $"application/json; odata.metadata={(RequestHeaders.WantsMetadata(context.Request) ? "minimal" : "none")}";
        context.Response.ContentLength = buffer.WrittenCount;
        await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }

    public static void WriteDouble(Utf8JsonWriter json, double value)
    {
        if (double.IsNaN(value))
        {
            json.WriteStringValue("NaN");
        }
        else if (double.IsInfinity(value))
        {
            json.WriteStringValue(value > 0 ? "INF" : "-INF");
        }
        else
        {
            json.WriteRawValue(WithFraction(value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>Whole numbers of a floating-point type keep their fraction on the wire: 1.0, not 1.</summary>
    public static string WithFraction(string digits) => digits.AsSpan().IndexOfAny('.', 'E') < 0 ? digits + ".0" : digits;
}
