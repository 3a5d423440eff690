using Microsoft.Net.Http.Headers;

namespace Serverless.Ui;

/// <summary>A file of the page, ready to send. <paramref name="Brotli"/> is empty if compression gains nothing.</summary>
internal sealed record PageFile(byte[] Bytes, byte[] Brotli, string MediaType, EntityTagHeaderValue Tag);
