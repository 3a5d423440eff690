namespace Serverless.Features;

/// <summary>What the pixels of a picture tell without a model: its colours and its composition.</summary>
internal sealed record VisualFeatures
{
    /// <summary>Raised when what is found changes so much that every picture has to be looked at again.</summary>
    public const int VersionOfToday = 1;

    /// <summary>The largest share first; one to five.</summary>
    public required IReadOnlyList<PaletteColour> Palette { get; init; }

    /// <summary>Of what stands out, or of the middle where nothing does.</summary>
    public required ColourName Foreground { get; init; }

    /// <summary>Of most of the edge.</summary>
    public required ColourName Background { get; init; }

    /// <summary>Mean lightness, 0 to 100.</summary>
    public required int Brightness { get; init; }

    /// <summary>Mean chroma, 0 for greys to 100 for the strongest colours of sRGB.</summary>
    public required int Chroma { get; init; }

    public required bool IsBlackAndWhite { get; init; }

    /// <summary>Some of it can be seen through.</summary>
    public required bool IsTransparent { get; init; }

    /// <summary>It shows one thing on a ground of one colour.</summary>
    public required bool IsIsolated { get; init; }

    /// <summary>Thirds with room for words.</summary>
    public required Places CopySpace { get; init; }

    /// <summary>Null where nothing stands out.</summary>
    public required Subject? Subject { get; init; }

    /// <summary>Agreement with the mirror image, 0 to 100.</summary>
    public required int Symmetry { get; init; }

    /// <summary>0 to 100, at the size that the picture is decoded to.</summary>
    public required int Sharpness { get; init; }

    /// <summary>Grain, 0 to 100, at the size that the picture is decoded to.</summary>
    public required int Noise { get; init; }

    /// <summary>The names of the palette, the largest share first.</summary>
    public IEnumerable<ColourName> Colours => Palette.Select(colour => colour.Name).Distinct();
}
