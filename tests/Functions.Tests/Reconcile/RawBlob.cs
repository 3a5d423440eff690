using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Sas;

namespace Functions.Tests.Reconcile;

/// <summary>One request to a blob whose address is sent as it is: every client would resolve the steps in it.</summary>
internal static class RawBlob
{
    public static async Task SendAsync(BlobContainerClient container, HttpMethod method, string escapedName, byte[]? bytes)
    {
        var signed = container.GenerateSasUri(BlobContainerSasPermissions.All, DateTimeOffset.UtcNow.AddHours(1));
        using var client = new TcpClient();
        await client.ConnectAsync(signed.Host, signed.Port);
        await using var stream = client.GetStream();
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"{method} {signed.AbsolutePath}/{escapedName}{signed.Query} HTTP/1.1\r\nHost: {signed.Authority}\r\nConnection: close\r\n"
                + $"x-ms-version: 2023-11-03\r\nx-ms-blob-type: BlockBlob\r\nContent-Length: {bytes?.Length ?? 0}\r\n\r\n"
        );
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        await stream.WriteAsync(bytes ?? []);
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();
        var expected = method == HttpMethod.Put ? HttpStatusCode.Created : HttpStatusCode.Accepted;
        Assert.StartsWith($"HTTP/1.1 {(int)expected}", answer, StringComparison.Ordinal);
    }
}
