namespace Serverless.Duplicates.PixelMatching;

/// <summary>What one picture shows and another of the same scene lacks.</summary>
[Flags]
internal enum Advantages
{
    None = 0,

    /// <summary>Real detail on the shared scene; an enlargement has none, noise is none.</summary>
    FinerDetail = 1,

    /// <summary>More of the scene; a border shows nothing.</summary>
    MoreOfTheScene = 2,

    /// <summary>Colour, where the other is in greyscale, sepia or nearly so.</summary>
    Colour = 4,

    /// <summary>Tones that are clipped to black, white or a full colour in the other.</summary>
    Tones = 8,

    /// <summary>Transparency, where the other is opaque.</summary>
    Transparency = 16,
}
