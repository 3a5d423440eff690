using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Serverless.Api;

/// <summary>JSON with a tag of what it says (ETag), which is not sent again to those who have it (If-None-Match, 304).</summary>
internal sealed class TaggedJson(IOptions<JsonOptions> options)
{
    public IResult Of<T>(HttpContext context, T value)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, options.Value.SerializerOptions);
        context.Response.Headers.CacheControl = "private, no-cache";

        // Weak: the same record, compressed or not.
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\"", isWeak: true);
        return Results.Bytes(bytes, "application/json; charset=utf-8", entityTag: tag);
    }
}
