using System.Globalization;

namespace Serverless.Features;

/// <summary>OKLab as a grid of named cells: an index that compares strings for equality only finds near colours by them.</summary>
internal static class PaletteCell
{
    private const double Side = 0.08;

    /// <summary>From the middle of a cell to its corner.</summary>
    private const double Corner = Side * 0.8660254;

    public static string Of(OkLab colour) => Name(Place(colour.L), Place(colour.A), Place(colour.B));

    /// <summary>All cells that have a colour within a distance, and few that have none.</summary>
    public static IEnumerable<string> Near(OkLab colour, double distance)
    {
        var reach = (int)Math.Ceiling((distance + Corner) / Side);
        var (l, a, b) = (Place(colour.L), Place(colour.A), Place(colour.B));
        return from up in Enumerable.Range(l - reach, (2 * reach) + 1)
            from red in Enumerable.Range(a - reach, (2 * reach) + 1)
            from yellow in Enumerable.Range(b - reach, (2 * reach) + 1)
            where new OkLab(up * Side, red * Side, yellow * Side).DistanceTo(colour) <= distance + Corner
            select Name(up, red, yellow);
    }

    private static int Place(double value) => (int)Math.Round(value / Side);

    private static string Name(int l, int a, int b) => string.Create(CultureInfo.InvariantCulture, $"{l}.{a}.{b}");
}
