using Serverless.Settings;

namespace Serverless.Search;

/// <summary>Section <c>Search</c>.</summary>
[SettingsSection(Section)]
public sealed class SearchOptions
{
    public const string Section = "Search";
    private const string IndexName = "(?!.*--)[a-z0-9][a-z0-9-]{0,126}[a-z0-9]";

    /// <summary>The address of the search service, https.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>The index; created if it does not exist.</summary>
    [AllowedText(IndexName, "an index name has 2 to 128 lower-case letters, digits and single hyphens")]
    public string Index { get; set; } = "images";

    /// <summary>An admin key. Without it the app's managed identity is used.</summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// The PEM file of the local search emulator's certificate. Allowed only for a loopback endpoint; elsewhere the system must trust the
    /// certificate.
    /// </summary>
    public string? CertificateFile { get; set; }
}
