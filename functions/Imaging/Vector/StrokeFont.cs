using System.Globalization;
using System.Text;

namespace Serverless.Imaging.Vector;

/// <summary>
/// The Hershey fonts' Roman Simplex: letters of single strokes, for text whose font is not in the file. The Hershey Fonts were originally
/// created by Dr. A. V. Hershey while working at the U.S. National Bureau of Standards; the format of the font data was originally created
/// by James Hurt, Cognition, Inc., 900 Technology Park Drive, Billerica, MA 01821.
/// </summary>
internal static class StrokeFont
{
    /// <summary>Width of a line, as a share of the size of the text.</summary>
    public const double LineWidth = 0.07;

    private const char First = ' ';

    /// <summary>The font's units for the size of text: capitals are 21 units tall, and seven tenths of the size in most fonts.</summary>
    private const double Units = 30;
    private const int Baseline = 9;

    private static readonly Lazy<IReadOnlyList<Glyph>> Glyphs = new(Read);

    /// <summary>Points of lines from the origin, baseline up, for text of size 1; a start begins another line.</summary>
    /// <param name="width">The width that the text has in its own font; 0 if unknown.</param>
    public static IEnumerable<(double X, double Y, bool IsStart)> Strokes(string text, double width)
    {
        var glyphs = text.Normalize(NormalizationForm.FormKD).Select(Of).OfType<Glyph>().ToList();
        var natural = glyphs.Sum(glyph => glyph.Right - glyph.Left) / Units;
        var across = natural > 0 && width > 0 ? width / natural : 1;
        var at = 0.0;
        foreach (var glyph in glyphs)
        {
            var isStart = true;
            foreach (var point in glyph.Points)
            {
                if (point is not var (x, y))
                {
                    isStart = true;
                    continue;
                }

                yield return ((at + ((x - glyph.Left) / Units)) * across, (Baseline - y) / Units, isStart);
                isStart = false;
            }

            at += (glyph.Right - glyph.Left) / Units;
        }
    }

    /// <summary>Null for marks on letters; a box for letters that the font does not have.</summary>
    private static Glyph? Of(char letter) =>
        letter - First is var index && index >= 0 && index < Glyphs.Value.Count ? Glyphs.Value[index]
        : CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Control ? null
        : new Glyph(-9, 9, [(-6, -12), (6, -12), (6, 9), (-6, 9), (-6, -12)]);

    /// <summary>A line: five characters number, three of length, then pairs of characters as coordinates, from R.</summary>
    private static List<Glyph> Read()
    {
        using var reader = new StreamReader(typeof(StrokeFont).Assembly.GetManifestResourceStream("strokes.jhf")!);
        var glyphs = new List<Glyph>();
        while (reader.ReadLine() is { Length: > 9 } line)
        {
            var points = new List<(int X, int Y)?>();
            for (var at = 10; at + 1 < line.Length; at += 2)
            {
                points.Add(line.AsSpan(at, 2) is " R" ? null : (line[at] - 'R', line[at + 1] - 'R'));
            }

            glyphs.Add(new Glyph(line[8] - 'R', line[9] - 'R', points));
        }

        return glyphs;
    }

    private sealed record Glyph(int Left, int Right, IReadOnlyList<(int X, int Y)?> Points);
}
