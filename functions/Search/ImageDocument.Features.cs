using System.Globalization;
using System.Text.Json.Serialization;
using Serverless.Features;
using Serverless.Images;

namespace Serverless.Search;

/// <summary>What the picture shows: filtered and counted by, never searched by words.</summary>
internal sealed partial class ImageDocument
{
    [JsonPropertyName("colors")]
    public IReadOnlyList<string> Colors
    {
        get;
        set => field = value ?? [];
    } = [];

    [JsonPropertyName("foreground")]
    public string? Foreground { get; set; }

    [JsonPropertyName("background")]
    public string? Background { get; set; }

    /// <summary>Each colour as <c>3366cc 42</c>, with its share in percent.</summary>
    [JsonPropertyName("palette")]
    public IReadOnlyList<string> Palette
    {
        get;
        set => field = value ?? [];
    } = [];

    /// <summary>The same by <see cref="PaletteCell"/>.</summary>
    [JsonPropertyName("paletteCells")]
    public IReadOnlyList<string> PaletteCells
    {
        get;
        set => field = value ?? [];
    } = [];

    [JsonPropertyName("brightness")]
    public int? Brightness { get; set; }

    [JsonPropertyName("chroma")]
    public int? Chroma { get; set; }

    [JsonPropertyName("bw")]
    public bool? IsBlackAndWhite { get; set; }

    [JsonPropertyName("transparent")]
    public bool? IsTransparent { get; set; }

    [JsonPropertyName("orientation")]
    public string? Orientation { get; set; }

    [JsonPropertyName("aspect")]
    public double? Aspect { get; set; }

    [JsonPropertyName("megapixels")]
    public double? Megapixels { get; set; }

    [JsonPropertyName("isolated")]
    public bool? IsIsolated { get; set; }

    [JsonPropertyName("copySpace")]
    public IReadOnlyList<string> CopySpace
    {
        get;
        set => field = value ?? [];
    } = [];

    /// <summary>The side where the subject is, two for a corner, or centre.</summary>
    [JsonPropertyName("subject")]
    public IReadOnlyList<string> Subject
    {
        get;
        set => field = value ?? [];
    } = [];

    [JsonPropertyName("framing")]
    public string? Framing { get; set; }

    [JsonPropertyName("symmetry")]
    public int? Symmetry { get; set; }

    [JsonPropertyName("sharpness")]
    public int? Sharpness { get; set; }

    [JsonPropertyName("noise")]
    public int? Noise { get; set; }

    [JsonPropertyName("texture")]
    public int? Texture { get; set; }

    [JsonPropertyName("featuresVersion")]
    [JsonConverter(typeof(NullAsDefault<int>))]
    public int FeaturesVersion { get; set; }

    private ImageDocument WithFeatures(ImageRecord record)
    {
        Orientation = Names.Of(Shape.OrientationOf(record.Width, record.Height));
        Aspect = Shape.AspectOf(record.Width, record.Height);
        Megapixels = Shape.MegapixelsOf(record.Width, record.Height);
        Texture = (int?)record.Fingerprint?.Texture;
        if (record.Visual is not { } visual)
        {
            return this;
        }

        Colors = [.. visual.Colours.Select(Names.Of)];
        Foreground = Names.Of(visual.Foreground);
        Background = Names.Of(visual.Background);
        Palette = [.. visual.Palette.Select(TextOf)];
        PaletteCells = [.. visual.Palette.Select(colour => PaletteCell.Of(colour.Lab)).Distinct()];
        (Brightness, Chroma) = (visual.Brightness, visual.Chroma);
        (IsBlackAndWhite, IsTransparent, IsIsolated) = (visual.IsBlackAndWhite, visual.IsTransparent, visual.IsIsolated);
        CopySpace = Names.OfAll(visual.CopySpace);
        Subject = visual.Subject is { } subject ? Names.OfAll(subject.Place) : [];
        Framing = visual.Subject is { } framed ? Names.Of(framed.Framing) : null;
        (Symmetry, Sharpness, Noise) = (visual.Symmetry, visual.Sharpness, visual.Noise);
        FeaturesVersion = VisualFeatures.VersionOfToday;
        return this;
    }

    /// <summary>The colours of <see cref="Palette"/>, as far as they can be read.</summary>
    public IEnumerable<PaletteColour> PaletteColours() =>
        from text in Palette
        let parts = (text ?? "").Split(' ')
        where parts.Length == 2
        let colour = PaletteColour.Parse(parts[0])
        where colour is not null && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _)
        select colour.Value with
        {
            Share = int.Parse(parts[1], CultureInfo.InvariantCulture) / 100.0,
        };

    private static string TextOf(PaletteColour colour) =>
        string.Create(CultureInfo.InvariantCulture, $"{colour.Hex[1..]} {Math.Round(100 * colour.Share)}");
}
