using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core.Pipeline;

namespace Serverless.Search;

/// <summary>
/// An HTTP transport that trusts exactly one certificate and connects only to loopback addresses. It leaves the system's trust store alone,
/// so it works the same on Linux, macOS and Windows.
/// </summary>
internal static class CertificatePin
{
    /// <exception cref="ArgumentException">The endpoint is not on loopback.</exception>
    public static HttpPipelineTransport Transport(Uri endpoint, string certificateFile)
    {
        if (!endpoint.IsLoopback)
        {
            throw new ArgumentException(
                $"'{endpoint}' is not on loopback: a pinned certificate is for the local emulator only.",
                nameof(endpoint)
            );
        }

        using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(certificateFile));
        var pinned = certificate.GetCertHash(HashAlgorithmName.SHA256);
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = ConnectToLoopbackAsync,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, shown, _, _) =>
                    shown is not null && CryptographicOperations.FixedTimeEquals(shown.GetCertHash(HashAlgorithmName.SHA256), pinned),
            },
        };
        return new HttpClientTransport(new HttpClient(handler));
    }

    private static async ValueTask<Stream> ConnectToLoopbackAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellation);
        var loopback = addresses.Where(IPAddress.IsLoopback).ToArray();
        if (loopback.Length == 0)
        {
            throw new HttpRequestException($"'{context.DnsEndPoint.Host}' is not a loopback address.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(loopback, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
