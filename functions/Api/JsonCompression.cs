using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace Serverless.Api;

/// <summary>
/// JSON travels compressed to those who take that. Over TLS as well: an answer holds nothing secret whose length could be guessed from
/// outside (no key, token or cookie is ever in a body). Pictures are compressed already, and the page by itself.
/// </summary>
internal static class JsonCompression
{
    public static void AddJsonCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["application/json", "application/problem+json"];
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
    }
}
