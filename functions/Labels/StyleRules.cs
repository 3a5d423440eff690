using Serverless.Features;

namespace Serverless.Labels;

/// <summary>Kinds of pictures that the pixels rule out, whatever the vector says.</summary>
internal static class StyleRules
{
    /// <summary>Increment with every change of a rule.</summary>
    public const int Version = 2;

    private const string LineDrawing = "lineDrawing";
    private const string ClipArt = "clipArt";

    /// <summary>Lines cover little: more of the area in colours other than that of the ground is filled.</summary>
    private const double MostOfLines = 0.15;

    /// <summary>Lines of one ink are black or coloured: both beside each other are outlines that are filled.</summary>
    private const double MostOfSecondInk = 0.02;

    /// <summary>What looks like a line drawing and is filled is clip art.</summary>
    /// <param name="visual">Null where nothing is known of the pixels: then nothing is ruled out.</param>
    public static void Apply(IReadOnlyList<string> names, Span<float> certainties, VisualFeatures? visual)
    {
        if (visual is null || !IsFilled(visual))
        {
            return;
        }

        var all = names.ToList();
        var (lines, clipArt) = (all.IndexOf(LineDrawing), all.IndexOf(ClipArt));
        if (lines >= 0 && clipArt >= 0)
        {
            certainties[clipArt] += certainties[lines];
            certainties[lines] = 0;
        }
    }

    private static bool IsFilled(VisualFeatures visual)
    {
        var (colours, greys) = (0.0, 0.0);
        foreach (var colour in visual.Palette.Where(colour => colour.Name != visual.Background))
        {
            if (colour.Name is ColourName.Black or ColourName.Gray)
            {
                greys += colour.Share;
            }
            else if (colour.Name != ColourName.White)
            {
                colours += colour.Share;
            }
        }

        return colours > MostOfLines || (colours >= MostOfSecondInk && greys >= MostOfSecondInk);
    }
}
