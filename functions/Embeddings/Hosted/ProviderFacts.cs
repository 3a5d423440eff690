namespace Serverless.Embeddings.Hosted;

/// <summary>What a vendor documents of its model, as far as this app relies on it. docs/providers.md names the pages.</summary>
/// <param name="Name">The value of <c>Embedding:Provider</c>.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Models">Values of <c>Embedding:Model</c>, the default first.</param>
/// <param name="Dimensions">Lengths that its vectors may have, the default first.</param>
/// <param name="RequestsPerMinute">What the vendor allows by default.</param>
internal sealed record ProviderFacts(
    string Name,
    string Title,
    IReadOnlyList<string> Models,
    IReadOnlyList<int> Dimensions,
    ImageBounds Image,
    TextBounds Text,
    int RequestsPerMinute,
    Prices Prices
);

/// <summary>What an image must be like to be sent.</summary>
/// <param name="LongSide">Most pixels on the longer side.</param>
/// <param name="ShortSide">Fewest pixels on the shorter side.</param>
internal readonly record struct ImageBounds(int LongSide, int ShortSide);

/// <summary>List prices in US dollars for a thousand.</summary>
/// <param name="Images">A thousand images.</param>
/// <param name="Texts">A thousand of what the vendor counts of text: requests, tokens or characters.</param>
internal readonly record struct Prices(decimal Images, decimal Texts);
