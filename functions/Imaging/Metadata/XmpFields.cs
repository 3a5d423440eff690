using System.Runtime.InteropServices;
using System.Xml;

namespace Serverless.Imaging.Metadata;

/// <summary>
/// The properties of an XMP packet that hold plain texts. Structures within structures are left out: nothing that is looked for is one.
/// </summary>
internal sealed class XmpFields
{
    private const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private const int MaxDepth = 32;
    private const int MaxProperties = 512;

    private readonly Dictionary<(string Space, string Name), List<(string Language, string Text)>> properties = [];

    private int count;

    /// <summary>What was read until the packet ended or turned out to be damaged.</summary>
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
            // The fields before it hold.
        }

        return fields;
    }

    public string? First(string space, string name) => All(space, name) is [var first, ..] ? first : null;

    public IReadOnlyList<string> All(string space, string name) =>
        properties.TryGetValue((space, name), out var values) ? [.. values.Select(value => value.Text)] : [];

    /// <summary>Of texts in several languages the one that is meant for all.</summary>
    public string? InAnyLanguage(string space, string name) =>
        !properties.TryGetValue((space, name), out var values) ? null
        : values.Find(value => value.Language == "x-default") is { Text: { } text } ? text
        : values.Count > 0 ? values[0].Text
        : null;

    private static MemoryStream StreamOf(ReadOnlyMemory<byte> packet)
    {
        // Padding before and behind is allowed around a packet, and not in XML.
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

    /// <summary>Properties are attributes of the description, or elements in it.</summary>
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
