namespace Serverless.Embeddings.Hosted;

/// <summary>A vendor's documented facts that this app relies on. docs/providers.md names the sources.</summary>
/// <param name="Name">The value of <c>Embedding:Provider</c>.</param>
/// <param name="Title">Its display name.</param>
/// <param name="Models">Values of <c>Embedding:Model</c>, the default first.</param>
/// <param name="Dimensions">Possible vector lengths, the default first.</param>
/// <param name="RequestsPerMinute">The vendor's default quota.</param>
internal sealed record ProviderFacts(
    string Name,
    string Title,
    IReadOnlyList<string> Models,
    IReadOnlyList<int> Dimensions,
    ImageBounds Image,
    TextBounds Text,
    int RequestsPerMinute,
    Prices Prices
)
{
    /// <summary>The day after which the vendor no longer offers it, and what replaces it; null if nothing was announced.</summary>
    public Retirement? Retires { get; init; }
}

/// <param name="Instead">The value of <c>Embedding:Provider</c> that the vendor recommends.</param>
internal sealed record Retirement(DateOnly Day, string Instead);

/// <summary>The image size to send.</summary>
/// <param name="LongSide">Maximum pixels on the longer side.</param>
/// <param name="ShortSide">Minimum pixels on the shorter side.</param>
internal readonly record struct ImageBounds(int LongSide, int ShortSide);

/// <summary>List prices in US dollars.</summary>
/// <param name="Images">Per thousand images.</param>
/// <param name="Texts">Per thousand text units: requests, tokens or characters.</param>
internal readonly record struct Prices(decimal Images, decimal Texts);
