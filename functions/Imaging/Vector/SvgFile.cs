using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Serverless.Imaging.Vector;

/// <summary>
/// An SVG from outside, written anew before a renderer sees it: without scripts, event handlers, document types and references to other
/// files, in UTF-8, within limits of size, depth and number of elements. Thread-safe.
/// </summary>
internal sealed class SvgFile
{
    public const int MostElements = 500_000;
    public const int MostDepth = 200;

    /// <summary>Characters after entities are replaced, or bytes after decompression.</summary>
    private const int MostLength = 100 << 20;
    private const int MostOfEntities = 1 << 20;

    private readonly StringBuilder text = new();
    private readonly HashSet<string> notDrawn = [];
    private readonly Dictionary<string, string> said = [];

    private SvgFile() => Safe = [];

    /// <summary>The file to render.</summary>
    public byte[] Safe { get; private set; }

    public DocumentFacts Facts =>
        new([text.ToString()], [.. notDrawn.Order(StringComparer.Ordinal)])
        {
            Title = said.GetValueOrDefault("title"),
            Description = said.GetValueOrDefault("desc"),
        };

    /// <exception cref="UnsupportedImageException">It is damaged, or exceeds a limit.</exception>
    public static SvgFile Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var file = new SvgFile();
            using var content = Content(bytes);
            using var safe = new MemoryStream();
            file.Copy(content, safe);
            file.Safe = safe.ToArray();
            return file;
        }
        catch (Exception damage) when (damage is XmlException or InvalidDataException or ArgumentException)
        {
            throw new UnsupportedImageException(
                "The SVG image is damaged, cut short, or larger than any drawing needs to be: it is not well-formed XML within the limits."
            );
        }
    }

    private static Stream Content(ReadOnlyMemory<byte> bytes)
    {
        var file = new MemoryStream(bytes.ToArray(), writable: false);
        return SvgHead.IsCompressed(bytes.Span) ? new BoundedStream(new GZipStream(file, CompressionMode.Decompress), MostLength) : file;
    }

    private void Copy(Stream content, MemoryStream safe)
    {
        using var reader = XmlReader.Create(
            content,
            new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Parse, // Illustrator declares its namespaces as entities.
                XmlResolver = null,
                MaxCharactersFromEntities = MostOfEntities,
                MaxCharactersInDocument = MostLength,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
            }
        );
        using var writer = XmlWriter.Create(safe, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = true });
        var elements = 0;
        reader.Read();
        while (!reader.EOF)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                if (++elements > MostElements)
                {
                    throw Beyond($"{MostElements} elements");
                }

                if (reader.Depth > MostDepth)
                {
                    throw Beyond($"{MostDepth} elements inside one another");
                }

                if (IsDropped(reader.LocalName))
                {
                    reader.Skip();
                    continue;
                }
            }

            Copy(reader, writer);
            reader.Read();
        }
    }

    private void Copy(XmlReader reader, XmlWriter writer)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                var (name, isEmpty) = (reader.LocalName, reader.IsEmptyElement);
                writer.WriteStartElement(reader.Prefix, name, reader.NamespaceURI);
                Note(name);
                Attributes(reader, writer, name);
                open.Push(name);
                if (isEmpty)
                {
                    open.Pop();
                    writer.WriteEndElement();
                }

                break;
            case XmlNodeType.EndElement:
                open.Pop();
                writer.WriteFullEndElement();
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                if (open.Count > 0)
                {
                    Hear(reader.Value);
                    writer.WriteString(reader.Value);
                }

                break;
        }
    }

    private readonly Stack<string> open = new();

    private static bool IsDropped(string name) => name is "script" or "handler" or "listener";

    private void Note(string name)
    {
        switch (name)
        {
            case "text":
                notDrawn.Add("the fonts of its text");
                break;
            case "foreignObject":
                notDrawn.Add("HTML in it");
                break;
            case "animate" or "animateTransform" or "animateMotion" or "set":
                notDrawn.Add("animation");
                break;
        }
    }

    private void Attributes(XmlReader reader, XmlWriter writer, string element)
    {
        for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
        {
            var (name, value) = (reader.LocalName, reader.Value);
            if (name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || reader.Name == "xml:base")
            {
                continue;
            }

            if (name is "href" or "src" && !IsOwn(value))
            {
                if (element is "image" or "use" or "feImage")
                {
                    notDrawn.Add("pictures in other files");
                }

                continue;
            }

            writer.WriteAttributeString(reader.Prefix, name, reader.NamespaceURI, value);
        }

        reader.MoveToElement();
    }

    /// <summary>A part of the same file, or a picture inside it; not another SVG, which would be read without these limits.</summary>
    private static bool IsOwn(string reference)
    {
        var trimmed = reference.AsSpan().Trim();
        return trimmed.StartsWith("#")
            || (
                trimmed.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase)
                && !trimmed.StartsWith("data:image/svg", StringComparison.OrdinalIgnoreCase)
            );
    }

    private void Hear(string value)
    {
        var within = open.Peek();
        if (within is "title" or "desc" && open.Count == 2)
        {
            said.TryAdd(within, value);
        }
        else if (within is "text" or "tspan" or "textPath" && text.Length < DocumentFacts.MostPageText && !string.IsNullOrWhiteSpace(value))
        {
            text.Append(text.Length > 0 ? " " : "")
                .Append(value.AsSpan(0, Math.Min(value.Length, DocumentFacts.MostPageText - text.Length)).Trim());
        }
    }

    private static UnsupportedImageException Beyond(string limit) =>
        new($"The SVG image has more than {limit}, more than any drawing needs.");
}
