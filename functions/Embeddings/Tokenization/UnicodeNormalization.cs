using System.Globalization;
using System.Text;

namespace Serverless.Embeddings.Tokenization;

/// <summary>
/// Unicode normalisation from its own tables: the app runs without ICU, where <see cref="string.Normalize()"/> leaves
/// everything beyond ASCII as it is.
/// </summary>
internal static class UnicodeNormalization
{
    private const int HangulBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TrailBase = 0x11A7;
    private const int VowelCount = 21;
    private const int TrailCount = 28;
    private const int HangulCount = 19 * VowelCount * TrailCount;

    private static readonly Lazy<Tables> Loaded = new(Tables.Load);

    public static string Normalize(string text, bool compatible, bool compose)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var points = Decompose(text, compatible);
        Order(points);
        return ToText(compose ? Compose(points) : points);
    }

    private static List<int> Decompose(string text, bool compatible)
    {
        var tables = Loaded.Value;
        var points = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value - HangulBase is >= 0 and < HangulCount and var syllable)
            {
                points.Add(LeadBase + (syllable / (VowelCount * TrailCount)));
                points.Add(VowelBase + (syllable % (VowelCount * TrailCount) / TrailCount));
                if (syllable % TrailCount > 0)
                {
                    points.Add(TrailBase + (syllable % TrailCount));
                }
            }
            else if (
                (compatible && tables.Compatible.TryGetValue(rune.Value, out var parts))
                || tables.Canonical.TryGetValue(rune.Value, out parts)
            )
            {
                points.AddRange(parts);
            }
            else
            {
                points.Add(rune.Value);
            }
        }

        return points;
    }

    /// <summary>Stable-sorts the marks after each letter by their class.</summary>
    private static void Order(List<int> points)
    {
        for (var i = 1; i < points.Count; i++)
        {
            var (point, rank) = (points[i], Rank(points[i]));
            var at = i;
            while (rank > 0 && at > 0 && Rank(points[at - 1]) > rank)
            {
                points[at] = points[at - 1];
                at--;
            }

            points[at] = point;
        }
    }

    private static List<int> Compose(List<int> points)
    {
        var result = new List<int>(points.Count);
        var (starter, last) = (-1, -1);
        foreach (var point in points)
        {
            var rank = Rank(point);
            var blocked = result.Count - 1 != starter && last >= rank;
            if (starter >= 0 && !blocked && Joined(result[starter], point) is { } joined)
            {
                result[starter] = joined;
                continue;
            }

            result.Add(point);
            last = rank;
            starter = rank == 0 ? result.Count - 1 : starter;
        }

        return result;
    }

    private static int? Joined(int first, int second)
    {
        if (first - LeadBase is >= 0 and < 19 and var lead && second - VowelBase is >= 0 and < VowelCount and var vowel)
        {
            return HangulBase + (((lead * VowelCount) + vowel) * TrailCount);
        }

        if (
            first - HangulBase is >= 0 and < HangulCount and var syllable
            && syllable % TrailCount == 0
            && second - TrailBase is > 0 and < TrailCount and var trail
        )
        {
            return first + trail;
        }

        return Loaded.Value.Pairs.TryGetValue((first, second), out var joined) ? joined : null;
    }

    private static int Rank(int point) => point < 0x300 ? 0 : Loaded.Value.Ranks.GetValueOrDefault(point);

    private static string ToText(List<int> points)
    {
        var text = new StringBuilder(points.Count);
        foreach (var point in points)
        {
            text.Append(new Rune(point));
        }

        return text.ToString();
    }

    private sealed class Tables
    {
        public Dictionary<int, int[]> Canonical { get; } = [];

        public Dictionary<int, int[]> Compatible { get; } = [];

        public Dictionary<(int First, int Second), int> Pairs { get; } = [];

        public Dictionary<int, int> Ranks { get; } = [];

        public static Tables Load()
        {
            var tables = new Tables();
            var rank = 0;
            using var stream = typeof(Tables).Assembly.GetManifestResourceStream("normalization.txt")!;
            using var reader = new StreamReader(stream);
            while (reader.ReadLine() is { } line)
            {
                int[] points =
                    line[0] == '#'
                        ? []
                        : [.. line.Split(' ')[1..].Select(hex => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
                switch (line[0])
                {
                    case 'D':
                        tables.Canonical[points[0]] = points[1..];
                        break;
                    case 'K':
                        tables.Compatible[points[0]] = points[1..];
                        break;
                    case 'P':
                        tables.Pairs[(points[0], points[1])] = points[2];
                        break;
                    case 'R':
                        rank++;
                        Array.ForEach(points, point => tables.Ranks[point] = rank);
                        break;
                }
            }

            return tables;
        }
    }
}
