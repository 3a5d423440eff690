using Local.Calibration;
using NetVips;

namespace Bench.Quality;

/// <summary>Pairs that must not be called copies: real ones where there are any, drawn ones for documents and templates.</summary>
internal static class HardNegatives
{
    private static readonly (string A, string B)[] Stereo =
    [
        ("rubberwhale1.png", "rubberwhale2.png"),
        ("basketball1.png", "basketball2.png"),
        ("aloeL.jpg", "aloeR.jpg"),
        ("leuvenA.jpg", "leuvenB.jpg"),
        ("motorcycle_left.png", "motorcycle_right.png"),
        ("left01.jpg", "right01.jpg"),
        ("left05.jpg", "right05.jpg"),
        ("left09.jpg", "right09.jpg"),
        ("left02.jpg", "left03.jpg"),
        ("left11.jpg", "left12.jpg"),
        ("right06.jpg", "right07.jpg"),
        ("left13.jpg", "left14.jpg"),
        ("Blender_Suzanne1.jpg", "Blender_Suzanne2.jpg"),
        ("aero1.jpg", "aero3.jpg"),
        ("graf1.png", "graf3.png"),
        ("imageTextN.png", "imageTextR.png"),
    ];

    public static IReadOnlyList<PairSource> All(string work, IReadOnlyList<Photo> photos)
    {
        return [.. Grouped(Found(work).Concat(Documents()).Concat(Drawn(Named(false))), false), .. Grouped(Drawn(Named(true)), true)];

        List<(string, Image)> Named(bool isUnseen) =>
            [.. photos.Where(photo => photo.IsUnseen == isUnseen).Select(photo => (photo.Name, photo.Picture))];

        static IEnumerable<PairSource> Grouped(IEnumerable<HardPair> pairs, bool isUnseen) =>
            pairs.GroupBy(pair => pair.Kind).Select(group => PairSource.Of([.. group], isUnseen));
    }

    /// <summary>All of these once more, the second picture in other tones.</summary>
    public static IEnumerable<PairSource> Retoned(IReadOnlyList<PairSource> sources) =>
        sources
            .Where(source => source.Kind != Frames.Held)
            .Select(source => source with { Kind = RetonedKind, Draw = at => source.Draw(at) is { } pair ? Retoned(pair, at) : null });

    private const string RetonedKind = "any of these, one brighter or with more contrast";

    /// <summary>Two pictures of one scene, and frames of videos.</summary>
    private static IEnumerable<HardPair> Found(string work)
    {
        var files = Directory
            .GetFiles(Path.Combine(work, "packages"), "*", SearchOption.AllDirectories)
            .ToLookup(file => Path.GetFileName(file));
        foreach (var (a, b) in Stereo.Where(pair => files.Contains(pair.A) && files.Contains(pair.B)))
        {
            yield return new HardPair("second shots", $"{a} {b}", File.ReadAllBytes(files[a].First()), File.ReadAllBytes(files[b].First()));
        }

        var frames = Path.Combine(work, "frames");
        foreach (
            var group in (Directory.Exists(frames) ? Directory.GetFiles(frames, "*.png") : []).GroupBy(file =>
                file[..file.LastIndexOf('-')]
            )
        )
        {
            var ordered = group
                .OrderBy(file =>
                    int.Parse(Path.GetFileNameWithoutExtension(file).Split('-')[^1], System.Globalization.CultureInfo.InvariantCulture)
                )
                .ToList();
            foreach (var later in ordered.Skip(1))
            {
                var (a, b) = (File.ReadAllBytes(ordered[0]), File.ReadAllBytes(later));
                yield return new HardPair(
                    Frames.AreHeld(a, b) ? Frames.Held : "video frames",
                    $"{Path.GetFileName(ordered[0])} {Path.GetFileName(later)}",
                    a,
                    b
                );
            }
        }
    }

    /// <summary>The same pair, the second picture brighter or with more contrast, so that colours are cut off.</summary>
    private static HardPair Retoned(HardPair pair, int index)
    {
        using var picture = Image.NewFromBuffer(pair.B);
        using var rgb = picture.Colourspace(Enums.Interpretation.Srgb);
        using var opaque = rgb.HasAlpha() ? rgb.Flatten(background: [255.0]) : rgb.Copy();
        var transform = CopyTransforms.All.Single(known => known.Name == (index % 2 == 0 ? "brighter" : "more contrast"));
        return new HardPair(RetonedKind, $"{pair.Kind}, {pair.Name}", pair.A, transform.Apply(opaque, new Random(index)));
    }

    /// <summary>Pairs made of pictures.</summary>
    private static IEnumerable<HardPair> Drawn(List<(string Name, Image Picture)> photos)
    {
        var random = new Random(5);
        foreach (var (name, picture) in photos)
        {
            int width = picture.Width * 3 / 4,
                height = picture.Height * 3 / 4;
            var dx = Math.Max(1, picture.Width / 8);
            yield return new HardPair(
                "neighbouring crops",
                name,
                Jpeg(picture.Crop(0, 0, width, height)),
                Jpeg(picture.Crop(dx, picture.Height - height, width, height))
            );
        }

        for (var index = 0; index + 3 < photos.Count; index += 2)
        {
            var shared = photos[index].Picture;
            yield return new HardPair(
                "collages",
                photos[index].Name,
                Jpeg(Collage(shared, photos[index + 1].Picture, photos[index + 2].Picture, photos[index + 3].Picture)),
                Jpeg(shared)
            );
            yield return new HardPair(
                "collages",
                $"{photos[index].Name}, three of four the same",
                Jpeg(Collage(shared, photos[index + 1].Picture, photos[index + 2].Picture, photos[index + 3].Picture)),
                Jpeg(Collage(shared, photos[index + 1].Picture, photos[index + 2].Picture, photos[(index + 5) % photos.Count].Picture))
            );
            yield return new HardPair(
                "templates",
                $"{photos[index].Name} with two captions",
                Jpeg(Captioned(shared, "SALE TODAY 50", "SHOP NOW")),
                Jpeg(Captioned(shared, "OPEN SUNDAY", "FREE ENTRY"))
            );
        }
    }

    /// <summary>Pages of one layout.</summary>
    private static IEnumerable<HardPair> Documents()
    {
        var random = new Random(5);
        for (var index = 0; index < 40; index++)
        {
            yield return new HardPair("documents", $"pages {index}", Jpeg(Page(random, random)), Jpeg(Page(random, random)));
            var seed = random.Next();
            yield return new HardPair(
                "documents",
                $"one form, filled in twice {index}",
                Jpeg(Form(new Random(seed), random)),
                Jpeg(Form(new Random(seed), random))
            );
        }
    }

    private static Image Collage(params Image[] pictures)
    {
        var tiles = pictures.Select(picture => picture.ThumbnailImage(400, height: 300, size: Enums.Size.Force)).ToArray();
        return Image.Arrayjoin(tiles, across: 2);
    }

    private static Image Captioned(Image picture, string above, string below)
    {
        var card = picture.ThumbnailImage(800, height: 600, size: Enums.Size.Force);
        var band = (Image.Black(800, 90, bands: 3) + 20).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        card = card.Insert(band, 0, 0).Insert(band, 0, 510);
        return Write(Write(card, above, 520, 140, 10, 255), below, 400, 200, 520, 255);
    }

    private static Image Page(Random text, Random layout)
    {
        var page = (Image.Black(640, 900, bands: 3) + 250).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        for (var line = 0; line < 26; line++)
        {
            page = Write(page, Words(text, layout.Next(20, 40)), layout.Next(380, 540), 50, 50 + (line * 32), 20);
        }

        return page;
    }

    private static Image Form(Random form, Random entries)
    {
        var page = (Image.Black(640, 900, bands: 3) + 250).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        page = Write(page, Words(form, 14), 400, 120, 40, 20);
        for (var line = 0; line < 14; line++)
        {
            page = Write(page, Words(form, 12), 220, 40, 140 + (line * 50), 20);
            page = Write(page, Words(entries, 14), 260, 320, 140 + (line * 50), 20);
        }

        return page;
    }

    private static string Words(Random random, int length) =>
        new([.. Enumerable.Range(0, length).Select(at => at % 6 == 5 ? ' ' : (char)('A' + random.Next(26)))]);

    private static Image Write(Image picture, string text, int width, int x, int y, double level)
    {
        using var mask = Lettering.Mask(text, width);
        using var ink = mask.NewFromImage(level, level, level)
            .Bandjoin(mask.Cast(Enums.BandFormat.Uchar))
            .Copy(interpretation: Enums.Interpretation.Srgb);
        return picture.Composite2(ink, Enums.BlendMode.Over, x, y).ExtractBand(0, n: 3).Cast(Enums.BandFormat.Uchar).CopyMemory();
    }

    private static byte[] Jpeg(Image image) => image.JpegsaveBuffer(q: 88);
}
