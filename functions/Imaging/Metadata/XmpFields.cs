using System.Runtime.InteropServices;
using System.Xml;

namespace Serverless.Imaging.Metadata;

/// <summary>
/// An XMP packet's plain text properties. Nested structures are skipped: no relevant property is one.
/// </summary>
internal sealed class XmpFields
{
    private const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private const int MaxDepth = 32;
    private const int MaxProperties = 512;

    private readonly Dictionary<(string Space, string Name), List<(string Language, string Text)>> properties = [];

    private int count;

    /// <summary>The properties up to the end of the packet or the first damage.</summary>
    public static XmpFields Read(ReadOnlyMemory<byte> packet)
    {
        var fields = new XmpFields();
        try
        {
            using var reader = XmlReader.Create(
                StreamOf(packet),
                new XmlReaderSettings
                {
                    DtdProcessing = DtdProcessing.Prohibit,
                    XmlResolver = null,
                    IgnoreComments = true,
                    IgnoreProcessingInstructions = true,
                    MaxCharactersInDocument = MetadataBlocks.MaxBlock,
                }
            );
            fields.Read(reader);
        }
        catch (XmlException)
        {
            // The fields before the damage count.
        }

        return fields;
    }

    public string? First(string space, string name) => All(space, name) is [var first, ..] ? first : null;

    public IReadOnlyList<string> All(string space, string name) =>
        properties.TryGetValue((space, name), out var values) ? [.. values.Select(value => value.Text)] : [];

    /// <summary>The default language of a multilingual text.</summary>
    public string? InAnyLanguage(string space, string name) =>
        !properties.TryGetValue((space, name), out var values) ? null
        : values.Find(value => value.Language == "x-default") is { Text: { } text } ? text
        : values.Count > 0 ? values[0].Text
        : null;

    private static MemoryStream StreamOf(ReadOnlyMemory<byte> packet)
    {
        // Padding around a packet is allowed, but not in XML.
        var bytes = packet.Trim<byte>([0, (byte)' ', (byte)'\n', (byte)'\r', (byte)'\t']);
        var first = packet.Length - packet.Span.TrimStart([(byte)' ', (byte)'\n', (byte)'\r', (byte)'\t']).Length;
        var start = packet.Span[first..] is [0, (byte)'<', ..] ? packet[first..] : bytes;
        return MemoryMarshal.TryGetArray(start, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(start.ToArray(), writable: false);
    }

    private void Read(XmlReader reader)
    {
        while (reader.Read() && reader.Depth < MaxDepth && count < MaxProperties)
        {
            if (
                reader.NodeType == XmlNodeType.Element
                && reader.NamespaceURI == Rdf
                && reader.LocalName == "Description"
                && reader.Depth <= 2
            )
            {
                ReadDescription(reader);
            }
        }
    }

    /// <summary>Properties are attributes or child elements of the description.</summary>
    private void ReadDescription(XmlReader reader)
    {
        var depth = reader.Depth;
        var isEmpty = reader.IsEmptyElement;
        while (reader.MoveToNextAttribute())
        {
            Add((reader.NamespaceURI, reader.LocalName), "", reader.Value);
        }

        if (isEmpty)
        {
            return;
        }

        (string Space, string Name) property = default;
        var (language, text) = ("", default(string));
        while (reader.Read() && reader.Depth > depth && reader.Depth < MaxDepth && count < MaxProperties)
        {
            var level = reader.Depth - depth;
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when level == 1:
                    property = (reader.NamespaceURI, reader.LocalName);
                    text = null;
                    break;
                case XmlNodeType.Element when level == 3 && reader.NamespaceURI == Rdf && reader.LocalName == "li":
                    language = reader.XmlLang;
                    text = null;
                    break;
                case XmlNodeType.Element:
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace when level is 2 or 4:
                    text = text is null || text.Length < MetadataText.MaxLength ? text + reader.Value : text;
                    break;
                case XmlNodeType.EndElement when (level == 1 || (level == 3 && reader.LocalName == "li")) && text is not null:
                    Add(property, level == 1 ? "" : language, text);
                    text = null;
                    break;
            }
        }
    }

    private void Add((string Space, string Name) property, string language, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        if (!properties.TryGetValue(property, out var values))
        {
            properties[property] = values = [];
        }

        values.Add((language, text[..Math.Min(text.Length, MetadataText.MaxLength)]));
        count++;
    }
}
