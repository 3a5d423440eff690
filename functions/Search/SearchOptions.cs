namespace Serverless.Search;

/// <summary>Section <c>Search</c>.</summary>
public sealed class SearchOptions
{
    /// <summary>The address of the search service, https.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>The index; created where it does not exist.</summary>
    public string Index { get; set; } = "images";

    /// <summary>An admin key. Absent: the managed identity of the app.</summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// The PEM file of the one certificate that the local search emulator shows. Allowed for a loopback endpoint only;
    /// everywhere else the certificate must be one that the system trusts.
    /// </summary>
    public string? CertificateFile { get; set; }
}
