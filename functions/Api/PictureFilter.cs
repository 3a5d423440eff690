namespace Serverless.Api;

/// <summary>
/// Conditions on colours and composition; all must hold. Ranges are <c>least-most</c>, either of which may be left out: <c>40-</c>.
/// </summary>
internal record PictureFilter
{
    /// <summary>Colours that it must all have: names, or <c>#3366cc</c> for what looks like it.</summary>
    public IReadOnlyList<string>? Color { get; init; }

    /// <summary>Names of colours, one of which its subject has.</summary>
    public IReadOnlyList<string>? Foreground { get; init; }

    /// <summary>Names of colours, one of which its edge has.</summary>
    public IReadOnlyList<string>? Background { get; init; }

    /// <summary>Black and white.</summary>
    public bool? Bw { get; init; }

    /// <summary>Some of it can be seen through.</summary>
    public bool? Transparent { get; init; }

    /// <summary>One thing on a ground of one colour.</summary>
    public bool? Isolated { get; init; }

    /// <summary>One of landscape, portrait, square, panorama.</summary>
    public IReadOnlyList<string>? Orientation { get; init; }

    /// <summary>Where the subject is: all of left, right, top, bottom that are given, or center.</summary>
    public IReadOnlyList<string>? Subject { get; init; }

    /// <summary>Thirds with room for words: all of left, right, top, bottom that are given.</summary>
    public IReadOnlyList<string>? CopySpace { get; init; }

    /// <summary>One of closeUp, medium, wide.</summary>
    public IReadOnlyList<string>? Framing { get; init; }

    /// <summary>Kinds of pictures (photo, lineDrawing, document, …), one of which it is.</summary>
    public IReadOnlyList<string>? Style { get; init; }

    /// <summary>Things and scenes that it must all show.</summary>
    public IReadOnlyList<string>? Objects { get; init; }

    /// <summary>The team's own categories that it must all belong to.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>Mean lightness, 0 to 100.</summary>
    public string? Brightness { get; init; }

    /// <summary>Strength of the colours, 0 to 100.</summary>
    public string? Chroma { get; init; }

    /// <summary>Agreement with the mirror image, 0 to 100.</summary>
    public string? Symmetry { get; init; }

    /// <summary>0 to 100.</summary>
    public string? Sharpness { get; init; }

    /// <summary>Grain, 0 to 100.</summary>
    public string? Noise { get; init; }

    /// <summary>Standard deviation of the luma, 0 to 127.</summary>
    public string? Texture { get; init; }

    /// <summary>Width by height.</summary>
    public string? Aspect { get; init; }

    /// <summary>Millions of pixels.</summary>
    public string? Megapixels { get; init; }
}
