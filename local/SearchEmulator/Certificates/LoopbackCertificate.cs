using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SearchEmulator.Certificates;

/// <summary>A self-signed certificate for loopback names only, made once per data folder and reused while it is valid.</summary>
internal static class LoopbackCertificate
{
    public const string PublicFile = "certificate.pem";
    public const string PrivateFile = "certificate.key";
    private const int ValidYears = 20;

    public static X509Certificate2 LoadOrCreate(string folder, TimeProvider clock)
    {
        var publicFile = Path.Combine(folder, PublicFile);
        var privateFile = Path.Combine(folder, PrivateFile);
        return Load(publicFile, privateFile, clock) ?? Create(publicFile, privateFile, clock);
    }

    private static X509Certificate2? Load(string publicFile, string privateFile, TimeProvider clock)
    {
        if (!File.Exists(publicFile) || !File.Exists(privateFile))
        {
            return null;
        }

        try
        {
            var certificate = X509Certificate2.CreateFromPemFile(publicFile, privateFile);
            return certificate.NotAfter.ToUniversalTime() > clock.GetUtcNow() ? Usable(certificate) : null;
        }
        catch (CryptographicException)
        {
            // A pair cut short by a crash is of no use to anyone: make a new one.
            return null;
        }
    }

    private static X509Certificate2 Create(string publicFile, string privateFile, TimeProvider clock)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Local Azure AI Search emulator", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        // Not an authority: whoever trusts the file trusts these three names and nothing that could be signed with its key.
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));

        var now = clock.GetUtcNow();
        var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(ValidYears));
        WriteForOwner(privateFile, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(publicFile, certificate.ExportCertificatePem() + "\n");
        return Usable(certificate);
    }

    private static void WriteForOwner(string path, string text)
    {
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.Write(text + "\n");
    }

    /// <summary>TLS on Windows refuses keys that live in memory only; a round trip through PKCS#12 satisfies it.</summary>
    private static X509Certificate2 Usable(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        }
    }
}
