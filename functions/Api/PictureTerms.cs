using System.Globalization;
using Azure.Search.Documents;
using Serverless.Features;
using Serverless.Images;

namespace Serverless.Api;

/// <summary>Conditions on colours and composition as the search service reads them.</summary>
internal static class PictureTerms
{
    /// <summary>Distance in OKLab within which a colour looks like another.</summary>
    public const double Alike = 0.1;

    private const int MostColours = 5;

    /// <exception cref="ProblemException">A condition has no meaning.</exception>
    public static IEnumerable<string> Of(PictureFilter filter) =>
        [
            .. Colours(filter.Color, Alike),
            .. OneOf<ColourName>(filter.Foreground, "foreground"),
            .. OneOf<ColourName>(filter.Background, "background"),
            .. Flag(filter.Bw, "bw"),
            .. Flag(filter.Transparent, "transparent"),
            .. Flag(filter.Isolated, "isolated"),
            .. OneOf<Orientation>(filter.Orientation, "orientation"),
            .. AllOf(filter.Subject, "subject", Enum.GetValues<Places>()),
            .. AllOf(filter.CopySpace, "copySpace", Places.Left, Places.Right, Places.Top, Places.Bottom),
            .. OneOf<Framing>(filter.Framing, "framing"),
            .. LabelTerms.Of(filter),
            .. Range(filter.Brightness, "brightness"),
            .. Range(filter.Chroma, "chroma"),
            .. Range(filter.Symmetry, "symmetry"),
            .. Range(filter.Sharpness, "sharpness"),
            .. Range(filter.Noise, "noise"),
            .. Range(filter.Texture, "texture"),
            .. Range(filter.Aspect, "aspect"),
            .. Range(filter.Megapixels, "megapixels"),
        ];

    /// <summary>Colours by name, or near to a value.</summary>
    /// <param name="distance">In OKLab, for those by value.</param>
    public static IEnumerable<string> Colours(IReadOnlyList<string>? colours, double distance) =>
        Wanted(colours)
            .Select(colour =>
            {
                if (colour.Name is { } name)
                {
                    return SearchFilter.Create($"colors/any(c: c eq {Names.Of(name)})");
                }

                var cells = string.Join('|', PaletteCell.Near(colour.Value.Lab, distance));
                return SearchFilter.Create($"paletteCells/any(c: search.in(c, {cells}, '|'))");
            });

    /// <exception cref="ProblemException">One is no colour, or there are too many.</exception>
    public static IReadOnlyList<WantedColour> Wanted(IReadOnlyList<string>? colours) =>
        colours is { Count: > MostColours }
            ? throw ProblemException.Invalid($"'color' has {colours.Count:N0} colours: at most {MostColours} are taken.")
            : [.. (colours ?? []).Select(Wanted)];

    private static WantedColour Wanted(string text) =>
        ColourNames.Parse(text ?? "") is { } name ? new WantedColour(name, default)
        : PaletteColour.Parse(text ?? "") is { } value ? new WantedColour(null, value)
        : throw ProblemException.Invalid(
            $"'color' is '{QueryValue.Shorten(text ?? "")}': it must be one of {AllNames<ColourName>()}, or a value such as #3366cc "
                + "(in an address without the #, or with %23 for it)."
        );

    private static string[] Flag(bool? value, string field) => value is { } wanted ? [$"{field} eq {(wanted ? "true" : "false")}"] : [];

    private static string[] OneOf<T>(IReadOnlyList<string>? values, string field)
        where T : struct, Enum
    {
        if (values is null or [])
        {
            return [];
        }

        var names = values.Select(value => Named(value, field, Enum.GetValues<T>()));
        return [$"({string.Join(" or ", names.Select(name => $"{field} eq '{name}'"))})"];
    }

    private static IEnumerable<string> AllOf(IReadOnlyList<string>? values, string field, params Places[] allowed) =>
        (values ?? [])
            .Select(value => Named(value, field, [.. allowed.Where(place => place != Places.None)]))
            .Distinct()
            .Select(name => $"{field}/any(p: p eq '{name}')");

    /// <summary>The name as the index has it, which only the names of the enum can be.</summary>
    private static string Named<T>(string? text, string field, T[] allowed)
        where T : struct, Enum =>
        allowed.Select(Names.Of).FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase))
        ?? throw ProblemException.Invalid(
            $"'{field}' is '{QueryValue.Shorten(text ?? "")}': it must be one of {string.Join(", ", allowed.Select(Names.Of))}."
        );

    private static IEnumerable<string> Range(string? text, string field)
    {
        if (string.IsNullOrEmpty(text))
        {
            return [];
        }

        var ends = text.Split('-');
        var least = End(ends[0]);
        var most = ends.Length == 2 ? End(ends[1]) : null;
        return ends.Length == 2 && (least ?? most) is not null && !(least > most) && Array.TrueForAll(ends, IsEnd)
            ? new (string Sign, double? Value)[] { ("ge", least), ("le", most) }
                .Where(end => end.Value is not null)
                .Select(end => string.Create(CultureInfo.InvariantCulture, $"{field} {end.Sign} {end.Value:0.######}"))
            : throw ProblemException.Invalid($"'{field}' is '{QueryValue.Shorten(text)}': it must be a range such as 20-60, 20- or -60.");
    }

    private static bool IsEnd(string text) => text.Length == 0 || End(text) is not null;

    private static double? End(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value < 1e9 ? value : null;

    private static string AllNames<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(Names.Of));
}

/// <summary>A colour that is asked for: by name, or by value.</summary>
internal readonly record struct WantedColour(ColourName? Name, PaletteColour Value)
{
    /// <summary>
    /// How well a palette has it, 0 to 1. By value: how near its nearest colour is, and a little how much there is of it. By name: how much
    /// of the picture has the name.
    /// </summary>
    public double MatchOf(IEnumerable<PaletteColour> palette)
    {
        var (name, lab) = (Name, Value.Lab);
        return name is not null
            ? Math.Min(1, palette.Where(colour => colour.Name == name).Sum(colour => colour.Share))
            : palette.Select(colour => Closeness(colour.Lab.DistanceTo(lab)) * (0.75 + (0.25 * colour.Share))).DefaultIfEmpty(0).Max();
    }

    private static double Closeness(double distance) => Math.Exp(-Math.Pow(distance / PictureTerms.Alike, 2));
}
