using System.Globalization;
using System.Security;
using System.Text;
using Functions.Tests.Imaging.Metadata;
using Shared;
using Path = System.IO.Path;

namespace Functions.Tests.Search;

/// <summary>An image as people have them: its path, its file with what they wrote into it.</summary>
internal sealed record CollectedImage(string Path, byte[] File);

/// <summary>What somebody looks for, and the images that are right.</summary>
internal sealed record CollectedQuery(string Kind, string Text, IReadOnlyList<string> Right);

/// <summary>
/// The collection and the queries of <c>tests/Fixtures/search</c>. Most pictures are scenes that say nothing, so that only words can
/// find them; photographs and drawings have names that say nothing.
/// </summary>
internal static class FindableCollection
{
    public static IEnumerable<CollectedImage> Images =>
        Lines("collection.tsv")
            .Select(
                (line, number) =>
                {
                    var (picture, metadata) = (PictureOf(line[1], number), PacketOf(line));
                    return new CollectedImage(line[0], metadata.Length == 0 ? picture : WithXmp(picture, metadata));
                }
            );

    public static IReadOnlyList<CollectedQuery> Queries =>
        [
            .. Lines("queries.tsv")
                .Select(line => new CollectedQuery(line[0], line[1], [.. line[2].Split(';').Select(path => $"images/{path}")])),
        ];

    /// <summary>What somebody looks for, and whether a picture of the collection shows it.</summary>
    public static IReadOnlyList<(bool IsThere, string Text)> Pictured =>
        [.. Lines("clarity.tsv").Select(line => (line[0] == "yes", line[1]))];

    private static IEnumerable<string[]> Lines(string file) =>
        File.ReadLines(Path.Combine(RepositoryFolder.Path, "tests", "Fixtures", "search", file)).Skip(1).Select(line => line.Split('\t'));

    private static byte[] PictureOf(string description, int number) =>
        description.Split(':') switch
        {
            ["photo", var name] => Picture.Photo(name).Jpeg(),
            ["shape", var figure, var colour] => DrawnShape.Jpeg(figure, colour),
            _ => Picture.Scene(5000 + number, 160, 120).Jpeg(),
        };

    /// <summary>Title, caption, keywords, date, camera and creator, as programs for photographs write them.</summary>
    private static string PacketOf(string[] line)
    {
        static string Text(string tag, string value, string list) =>
            value.Length == 0
                ? ""
                : $"<{tag}><rdf:{list}><rdf:li xml:lang=\"x-default\">{SecurityElement.Escape(value)}</rdf:li></rdf:{list}></{tag}>";

        var packet = new StringBuilder()
            .Append(Text("dc:title", line[2], "Alt"))
            .Append(Text("dc:description", line[3], "Alt"))
            .Append(Text("dc:creator", line[7], "Seq"));
        if (line[4].Length > 0)
        {
            var keywords = string.Concat(line[4].Split("; ").Select(word => $"<rdf:li>{SecurityElement.Escape(word)}</rdf:li>"));
            packet.Append(CultureInfo.InvariantCulture, $"<dc:subject><rdf:Bag>{keywords}</rdf:Bag></dc:subject>");
        }

        if (line[5].Length > 0)
        {
            packet.Append(CultureInfo.InvariantCulture, $"<exif:DateTimeOriginal>{line[5]}</exif:DateTimeOriginal>");
        }

        if (line[6].Length > 0)
        {
            packet.Append(
                CultureInfo.InvariantCulture,
                $"<tiff:Model xmlns:tiff=\"http://ns.adobe.com/tiff/1.0/\">{SecurityElement.Escape(line[6])}</tiff:Model>"
            );
        }

        return packet.ToString();
    }

    /// <summary>The packet as the first application segment.</summary>
    private static byte[] WithXmp(byte[] jpeg, string properties)
    {
        byte[] data = [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.UTF8.GetBytes(MetadataFiles.Packet(properties))];
        var length = data.Length + 2;
        return [0xFF, 0xD8, 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. data, .. jpeg.AsSpan(2)];
    }
}
