using System.Net;
using System.Security.Cryptography.X509Certificates;
using Azure;
using Azure.Search.Documents.Models;
using SearchEmulator.Tests.Running;
using Shared;
using Xunit;

namespace SearchEmulator.Tests.Scenarios;

public sealed class ProcessTests : IDisposable
{
    private readonly string _folder = EmulatorProcess.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Everything_survives_a_restart_and_the_certificate_stays_the_same()
    {
        string thumbprint;
        ETag? tag;
        await using (var first = await EmulatorProcess.StartAsync(_folder))
        {
            thumbprint = first.Certificate.Thumbprint;
            tag = (await Clients.Indexes(first).CreateIndexAsync(TestIndex.Images("kept"))).Value.ETag;
            await Clients
                .Documents(first, "kept")
                .UploadDocumentsAsync([
                    new SearchDocument
                    {
                        ["id"] = "a",
                        ["vector"] = new[] { 0.1f, 0.2f, 0.3f },
                        ["uploadedAt"] = "2026-01-02T03:04:05.678+01:00",
                        ["bytes"] = 1L << 40,
                    },
                ]);
            Assert.Equal(0, await first.StopAsync());
        }

        await using var second = await EmulatorProcess.StartAsync(_folder);
        Assert.Equal(thumbprint, second.Certificate.Thumbprint);
        Assert.Equal(tag, (await Clients.Indexes(second).GetIndexAsync("kept")).Value.ETag);
        var document = (await Clients.Documents(second, "kept").GetDocumentAsync<SearchDocument>("a")).Value;
        Assert.Equal([0.1f, 0.2f, 0.3f], ((object[])document["vector"]).Select(Convert.ToSingle));
        Assert.Equal(1L << 40, document["bytes"]);
        Assert.Equal(
            DateTimeOffset.Parse("2026-01-02T02:04:05.678Z", System.Globalization.CultureInfo.InvariantCulture),
            document.GetDateTimeOffset("uploadedAt")
        );
    }

    [Fact]
    public async Task A_request_to_terminate_stops_it_cleanly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        await using var emulator = await EmulatorProcess.StartAsync(_folder);
        using var kill = System.Diagnostics.Process.Start("kill", ["-TERM", $"{emulator.Id}"]);
        Assert.Equal(0, await emulator.WaitForExitAsync());
    }

    [Fact]
    public async Task The_certificate_names_loopback_only_and_can_sign_no_other()
    {
        await using var emulator = await EmulatorProcess.StartAsync(_folder);
        var extensions = emulator.Certificate.Extensions;
        var names = extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Equal(["localhost"], names.EnumerateDnsNames());
        Assert.Equal([IPAddress.Loopback, IPAddress.IPv6Loopback], names.EnumerateIPAddresses());
        Assert.False(extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
        Assert.Equal(X509KeyUsageFlags.DigitalSignature, extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages);
    }

    [Fact]
    public async Task The_private_key_is_readable_by_its_owner_only()
    {
        await using var emulator = await EmulatorProcess.StartAsync(_folder);
        Assert.DoesNotContain("PRIVATE", await File.ReadAllTextAsync(emulator.CertificateFile), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, "certificate.key")));
        }
    }

    [Fact]
    public async Task A_write_stays_invisible_to_searches_for_the_delay_but_not_to_a_lookup()
    {
        await using var emulator = await EmulatorProcess.StartAsync(_folder, "--indexing-delay-ms", "1500");
        await Clients.Indexes(emulator).CreateIndexAsync(TestIndex.Images("late"));
        var documents = Clients.Documents(emulator, "late");
        await documents.UploadDocumentsAsync([new SearchDocument { ["id"] = "a" }]);
        var written = DateTime.UtcNow;

        Assert.Equal("a", (await documents.GetDocumentAsync<SearchDocument>("a")).Value["id"]);
        var count = (await documents.GetDocumentCountAsync()).Value;
        Assert.True(count == 0 || DateTime.UtcNow - written > TimeSpan.FromSeconds(1), "The document was visible too early.");
        await Patience.UntilAsync(async () => (await documents.GetDocumentCountAsync()).Value != 0, "the document is visible");

        Assert.True(DateTime.UtcNow - written > TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_busy_port_is_one_clear_sentence()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var (code, error) = await FailAsync("--port", $"{port}", "--data", _folder);
        Assert.Equal(1, code);
        Assert.Contains($"127.0.0.1:{port}", error, StringComparison.Ordinal);
        Assert.Contains("address already in use", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unusable_folder_is_one_clear_sentence()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, string.Empty);
        var (code, error) = await FailAsync("--port", "0", "--data", Path.Combine(file, "inside"));
        Assert.Equal(1, code);
        Assert.StartsWith("Cannot use the data folder", error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public async Task Two_emulators_do_not_share_a_folder()
    {
        await using var emulator = await EmulatorProcess.StartAsync(_folder);
        var (code, error) = await FailAsync("--port", "0", "--data", _folder);
        Assert.Equal(1, code);
        Assert.Contains("another emulator holds it", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_option_is_named()
    {
        var (code, error) = await FailAsync("--prot", "1");
        Assert.Equal(1, code);
        Assert.StartsWith("--prot is not an option.", error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Error)> FailAsync(params string[] arguments)
    {
        using var process = EmulatorProcess.Launch(arguments);
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }
}
