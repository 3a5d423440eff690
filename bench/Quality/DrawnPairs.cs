using Bench.Quality.Drawings;
using NetVips;

namespace Bench.Quality;

/// <summary>Pairs of different pictures made by code: no two runs differ.</summary>
internal static class DrawnPairs
{
    private const int OfPhotographs = 80;

    public static IEnumerable<PairSource> Of(IReadOnlyList<Photo> photos)
    {
        foreach (var kind in DrawingKind.All)
        {
            yield return Recoded(kind.Name, kind.Count, kind.Pair);
        }

        yield return Plain("animations", 80, Animations.Moving);
        yield return Plain("a frame of an animation", 30, Animations.Still);
        yield return Plain("pages", 60, Animations.Pages);
        yield return Altered("subject removed", photos, (photo, _, random) => Photographs.Removed(photo, random));
        yield return Altered("subject added", photos, Photographs.Added);
        yield return Altered("one shadow more", photos, (photo, _, random) => Photographs.Shaded(photo, random));
        yield return new PairSource(
            "number plates",
            false,
            false,
            OfPhotographs,
            at =>
            {
                var photo = photos[at * 7 % photos.Count];
                var (a, b) = Photographs.Plates(photo.Picture, new Random(at));
                return Recoding.Apply(new HardPair("number plates", $"{at} {photo.Name}", a.PngsaveBuffer(), b.PngsaveBuffer()), at);
            }
        );
        if (photos.FirstOrDefault(photo => photo.Name.EndsWith("astronaut.png", StringComparison.Ordinal)) is { } portrait)
        {
            var faces = AlteredFaces.Of(portrait.Picture).ToList();
            yield return new PairSource("altered faces", false, false, faces.Count, at => Recoding.Apply(faces[at], at));
        }
    }

    private static PairSource Recoded(string kind, int count, Func<int, (byte[] A, byte[] B, string What)> draw) =>
        new(kind, false, false, count, at => Recoding.Apply(Pair(kind, at, draw), at));

    private static PairSource Plain(string kind, int count, Func<int, (byte[] A, byte[] B, string What)> draw) =>
        new(kind, false, false, count, at => Pair(kind, at, draw));

    private static HardPair Pair(string kind, int at, Func<int, (byte[] A, byte[] B, string What)> draw)
    {
        var (a, b, what) = draw(at);
        return new HardPair(kind, $"{at} {what}", a, b);
    }

    private static PairSource Altered(string kind, IReadOnlyList<Photo> photos, Func<Image, Image, Random, Image?> change) =>
        new(
            kind,
            false,
            false,
            OfPhotographs,
            at =>
            {
                var (photo, other) = (photos[at * 5 % photos.Count], photos[((at * 5) + 3) % photos.Count]);
                using var changed = change(photo.Picture, other.Picture, new Random(at));
                return changed is null
                    ? null
                    : Recoding.Apply(
                        new HardPair(
                            kind,
                            $"{at} {photo.Name}",
                            photo.Picture.PngsaveBuffer(compression: 1),
                            changed.PngsaveBuffer(compression: 1)
                        ),
                        at
                    );
            }
        );
}
