using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using Serverless.Imaging.Metadata;

namespace Functions.Tests.Imaging.Metadata;

/// <summary>
/// The files of tests/Fixtures/metadata, as ExifTool, libvips and ImageMagick wrote them, and those that no program writes.
/// </summary>
internal static class MetadataFiles
{
    public static IEnumerable<string> Names =>
        Directory
            .GetFiles(Folder())
            .Select(file => Path.GetFileName(file))
            .Where(name => !name.EndsWith(".sh", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder(), name));

    public static EmbeddedMetadata Read(string name) => MetadataReader.Read(Bytes(name));

    /// <summary>A JPEG with one application segment.</summary>
    public static byte[] Jpeg(byte marker, ReadOnlySpan<byte> data)
    {
        var picture = Bytes("no-side.jpg").AsSpan();
        var at = 2;
        while (picture[at + 1] is >= 0xE0 and <= 0xEF)
        {
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(picture[(at + 2)..]);
        }

        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(data.Length + 2));
        return [0xFF, 0xD8, 0xFF, marker, .. length, .. data, .. picture[at..]];
    }

    /// <summary>A PNG with a packet as long as it may be.</summary>
    public static byte[] Xmp(string packet) => Png("iTXt"u8, [.. "XML:com.adobe.xmp\0\0\0\0\0"u8, .. Encoding.UTF8.GetBytes(packet)]);

    public static byte[] Png(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        using var file = new MemoryStream();
        file.Write(Serverless.Imaging.PngChunks.Signature);
        Serverless.Imaging.PngChunks.Write(file, "IHDR"u8, [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
        Serverless.Imaging.PngChunks.Write(file, name, data);
        Serverless.Imaging.PngChunks.Write(file, "IEND"u8, []);
        return file.ToArray();
    }

    public static string Packet(string properties) =>
        $"""
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
              xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/">{properties}</rdf:Description></rdf:RDF></x:xmpmeta>
            """;

    private static string Folder([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "../../../Fixtures/metadata");
}
