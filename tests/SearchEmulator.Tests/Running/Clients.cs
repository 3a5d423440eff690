using Azure;
using Azure.Core.Pipeline;
using Azure.Search.Documents;
using Azure.Search.Documents.Indexes;
using Shared;

namespace SearchEmulator.Tests.Running;

/// <summary>Azure's own clients, trusting exactly the emulator's certificate.</summary>
public static class Clients
{
    public static SearchIndexClient Indexes(EmulatorProcess emulator, string key = EmulatorProcess.AdminKey) =>
        new(emulator.Address, new AzureKeyCredential(key), Options(emulator));

    public static SearchClient Documents(EmulatorProcess emulator, string index, string key = EmulatorProcess.AdminKey) =>
        new(emulator.Address, index, new AzureKeyCredential(key), Options(emulator));

    public static HttpClientHandler Trusting(EmulatorProcess emulator)
    {
        var expected = emulator.Certificate.GetCertHashString();
        return new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == expected,
            CheckCertificateRevocationList = true,
        };
    }

    public static HttpClient Raw(EmulatorProcess emulator, string? key = EmulatorProcess.AdminKey, bool plain = false)
    {
        var client = PatientHttp.Client(plain ? emulator.PlainAddress : emulator.Address, Trusting(emulator));
        if (key is not null)
        {
            client.DefaultRequestHeaders.Add("api-key", key);
        }

        return client;
    }

    private static SearchClientOptions Options(EmulatorProcess emulator)
    {
        var options = new SearchClientOptions { Transport = new HttpClientTransport(Trusting(emulator)) };
        options.Retry.MaxRetries = 0;
        return options;
    }
}
