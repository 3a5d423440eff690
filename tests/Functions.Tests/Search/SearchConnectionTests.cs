using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Serverless.Search;

namespace Functions.Tests.Search;

public sealed class SearchConnectionTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Theory]
    [InlineData("https://example.search.windows.net")]
    [InlineData("https://10.0.0.1:7072")]
    [InlineData("https://localhost.example.com")]
    public void A_certificate_file_is_refused_for_an_endpoint_that_is_not_loopback(string endpoint)
    {
        var result = new SearchEndpointRule().Validate(null, new SearchOptions { Endpoint = endpoint, CertificateFile = file });
        Assert.True(result.Failed);
        Assert.Contains("Search:CertificateFile", result.FailureMessage, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => CertificatePin.Transport(new Uri(endpoint), file));
    }

    [Theory]
    [InlineData("http://127.0.0.1:7072")]
    [InlineData("search")]
    public void An_endpoint_that_is_not_https_is_refused(string endpoint) =>
        Assert.True(new SearchEndpointRule().Validate(null, new SearchOptions { Endpoint = endpoint }).Failed);

    [Fact]
    public async Task Only_the_pinned_certificate_is_trusted()
    {
        using var pinned = SelfSigned();
        using var other = SelfSigned();
        await File.WriteAllTextAsync(file, pinned.ExportCertificatePem());
        Assert.Equal(200, await StatusAsync(pinned));
        await Assert.ThrowsAnyAsync<Exception>(() => StatusAsync(other));
    }

    private async Task<int> StatusAsync(X509Certificate2 shown)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeOneAsync(listener, shown);
        var uri = new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        var pipeline = new HttpPipeline(CertificatePin.Transport(uri, file));
        using var message = pipeline.CreateMessage();
        message.Request.Uri.Reset(uri);
        message.Request.Method = RequestMethod.Get;
        await pipeline.SendAsync(message, default);
        await serving;
        return message.Response.Status;
    }

    private static async Task ServeOneAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsServerAsync(certificate);
        var buffer = new byte[4096];
        _ = await tls.ReadAsync(buffer);
        await tls.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddHours(1));
    }
}
