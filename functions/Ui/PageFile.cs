using Microsoft.Net.Http.Headers;

namespace Serverless.Ui;

/// <summary>A file of the page as it is sent. <paramref name="Brotli"/> is empty where compressing gains nothing.</summary>
internal sealed record PageFile(byte[] Bytes, byte[] Brotli, string MediaType, EntityTagHeaderValue Tag);
