using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Imaging.Metadata;

namespace Serverless.Imaging.Vector;

/// <summary>What a drawn file says besides its pixels.</summary>
/// <param name="PageTexts">The text layer of each page.</param>
/// <param name="NotDrawn">What of it is not in its pixels, in a few words each.</param>
internal sealed record DocumentFacts(IReadOnlyList<string> PageTexts, IReadOnlyList<string> NotDrawn)
{
    /// <summary>Maximum characters of one page's text, and of all pages together.</summary>
    public const int MostPageText = 16_384;
    public const int MostText = 1 << 20;

    /// <summary>Maximum characters kept of the whole document: title blocks and headings, not books.</summary>
    public const int MostKept = 16_384;

    public static DocumentFacts None { get; } = new([], []);

    public string? Title { get; init; }

    public string? Description { get; init; }

    public string? Creator { get; init; }

    public IReadOnlyList<string> Keywords { get; init; } = [];

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, DocumentFactsJson.Default.DocumentFacts);

    public static DocumentFacts OfBytes(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize(bytes, DocumentFactsJson.Default.DocumentFacts) ?? None;

    /// <summary>The properties of the document, cleaned like those of other files.</summary>
    public EmbeddedMetadata Metadata() =>
        new()
        {
            Title = MetadataText.Clean(Title),
            Description = MetadataText.Clean(Description),
            Text = MetadataText.Clean(string.Join(' ', PageTexts), MostKept),
            Creator = MetadataText.Name(Creator),
            Keywords = MetadataText.Keywords(Keywords),
        };
}

[JsonSerializable(typeof(DocumentFacts))]
internal sealed partial class DocumentFactsJson : JsonSerializerContext;
