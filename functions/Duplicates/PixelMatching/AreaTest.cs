namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// Tests brightness and colour averaged over areas of 8 to 64 points a side: compression leaves little of these means, a thing
/// that is gone or has another colour changes them.
/// </summary>
internal static class AreaTest
{
    private const int MostSide = 16;

    public static IEnumerable<ChangedWindow> Find(ScenePicture a, ScenePicture b)
    {
        for (var side = 2; side <= MostSide; side *= 2)
        {
            foreach (var (found, _) in Windows(a, b, side).Where(item => IsChange(item.Window)))
            {
                yield return found;
            }
        }
    }

    /// <summary>All windows of one size with the difference of brightness and of colour.</summary>
    public static IEnumerable<(ChangedWindow Window, double Activity)> Windows(ScenePicture a, ScenePicture b, int side)
    {
        var (luma, colour) = (new LikePlaces(), new LikePlaces());
        var found = new List<(ChangedWindow Luma, ChangedWindow Colour, double Rough, double Saturation)>();
        var step = Math.Max(1, side / 2);
        for (var y = 0; y + side <= Math.Max(side, a.Cells.Height); y += step)
        {
            for (var x = 0; x + side <= Math.Max(side, a.Cells.Width); x += step)
            {
                var (means, rough, saturation) = Measure(a, b, x, y, side);
                var bright = new ChangedWindow(x, y, side, Math.Abs(means.Y), 0, 0, ChangeKind.Area);
                var tone = new ChangedWindow(x, y, side, Math.Sqrt((means.Blue * means.Blue) + (means.Red * means.Red)), 0, 0, ChangeKind.Colour);
                found.Add((bright, tone, rough, saturation));
                luma.Add(rough, saturation, bright.Error * bright.Error);
                colour.Add(rough, saturation, tone.Error * tone.Error);
            }
        }

        luma.Close();
        colour.Close();
        foreach (var (bright, tone, rough, saturation) in found)
        {
            yield return (bright with { Ratio = Ratio(bright, luma.Expected(rough, saturation)) }, rough);
            yield return (tone with { Ratio = Ratio(tone, colour.Expected(rough, saturation)) }, rough);
        }
    }

    private static double Ratio(ChangedWindow window, double expected) => window.Error / Math.Sqrt((double.IsNaN(expected) ? 0 : expected) + 2);

    private static (Ycc Means, double Rough, double Saturation) Measure(ScenePicture a, ScenePicture b, int left, int top, int side)
    {
        double y = 0, blue = 0, red = 0, square = 0, sum = 0, saturation = 0;
        var count = 0;
        for (var row = top; row < Math.Min(top + side, a.Cells.Height); row++)
        {
            for (var column = left; column < Math.Min(left + side, a.Cells.Width); column++)
            {
                var at = (row * a.Cells.Width) + column;
                var (one, other) = (a.Colour(at), b.Colour(at));
                y += one.Y - other.Y;
                blue += one.Blue - other.Blue;
                red += one.Red - other.Red;
                sum += one.Y + other.Y;
                square += (one.Y * one.Y) + (other.Y * other.Y);
                saturation += Math.Max((one.Blue * one.Blue) + (one.Red * one.Red), (other.Blue * other.Blue) + (other.Red * other.Red));
                count++;
            }
        }

        var mean = sum / (2 * count);
        return (new Ycc(y / count, blue / count, red / count), Math.Max(0, (square / (2 * count)) - (mean * mean)), saturation / count);
    }

    private static bool IsChange(ChangedWindow window) => window.Kind == ChangeKind.Colour
        ? (window.Ratio > 4 && window.Error > (window.Side <= 2 ? 36 : window.Side <= 4 ? 22 : 14)) || (window.Side >= 4 && window.Error > 44)
        : (window.Ratio > 4 && window.Error > (window.Side <= 2 ? 24 : window.Side <= 4 ? 16 : 10)) || (window.Side >= 4 && window.Error > 40);
}
