using Bench.Quality.Drawings;
using NetVips;

namespace Bench.Quality.Labels;

/// <summary>The pictures that labels are calibrated on and measured with.</summary>
internal static class LabelSamples
{
    private const int OfEachDrawing = 24;
    private const int LongestSide = 1600;

    private static readonly Dictionary<string, string> StylesOfDrawings = new()
    {
        ["invoices"] = "document",
        ["letters"] = "document",
        ["forms"] = "document",
        ["tables"] = "document",
        ["tickets"] = "document",
        ["bar charts"] = "chart",
        ["line charts"] = "chart",
        ["pie charts"] = "chart",
        ["maps"] = "map",
        ["plans"] = "blueprint",
        ["settings"] = "screenshot",
        ["chats"] = "screenshot",
        ["source code"] = "screenshot",
        ["line drawings"] = "lineDrawing",
        ["icons"] = "clipArt",
    };

    /// <param name="icons">A folder with unpacked npm packages of icons and the Debian package of Tux Paint's stamps.</param>
    public static IReadOnlyList<LabelSample> All(string work, string icons) =>
        [
            .. IconSet.Read(icons, "noto", "clipArt", isHeldOut: false),
            .. IconSet.Read(icons, "openmoji", "clipArt", isHeldOut: true),
            .. IconSet.Read(icons, "lucide", "lineDrawing", isHeldOut: false).Where((_, index) => index % 8 == 0).Select(Unsaid),
            .. IconSet.Read(icons, "lucide", "lineDrawing", isHeldOut: true).Where((_, index) => index % 8 == 4).Select(Unsaid),
            .. PhotoSet
                .All.SelectMany(set => set.Find(work))
                .Select(
                    (file, index) => new LabelSample("photographs", "photo", null, index % 2 == 1, () => Shrunk(File.ReadAllBytes(file)))
                ),
            .. DrawingKind
                .All.Where(kind => StylesOfDrawings.ContainsKey(kind.Name))
                .SelectMany(kind =>
                    Enumerable
                        .Range(0, OfEachDrawing)
                        .Select(index => new LabelSample(
                            kind.Name,
                            StylesOfDrawings[kind.Name],
                            null,
                            index % 2 == 1,
                            () => kind.Picture(index)
                        ))
                ),
            .. Stamps(icons),
        ];

    /// <summary>What a line icon is called is often not what it shows.</summary>
    private static LabelSample Unsaid(LabelSample sample) => sample with { Said = null };

    /// <summary>Photographs of things, cut out, with a sentence each.</summary>
    private static IEnumerable<LabelSample> Stamps(string folder) =>
        Directory
            .GetFiles(Path.Combine(folder, "stamps"), "*.png", SearchOption.AllDirectories)
            .Where(file => File.Exists(Path.ChangeExtension(file, ".txt")) && !file.Contains("cartoon", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(
                (file, index) =>
                    new LabelSample(
                        "stamps",
                        null,
                        File.ReadLines(Path.ChangeExtension(file, ".txt")).First().Trim().TrimEnd('.', '!').ToLowerInvariant(),
                        index % 2 == 1,
                        () => OnWhite(file)
                    )
            );

    private static byte[] OnWhite(string file)
    {
        using var image = Image.NewFromFile(file);
        using var flat = image.HasAlpha() ? image.Flatten(background: [255]) : image.Copy();
        return flat.PngsaveBuffer();
    }

    private static byte[] Shrunk(byte[] bytes)
    {
        using var image = Image.ThumbnailBuffer(bytes, LongestSide, size: Enums.Size.Down);
        using var flat = image.HasAlpha() ? image.Flatten(background: [255]) : image.Copy();
        return flat.JpegsaveBuffer(q: 88);
    }
}
