using Serverless.Features;

namespace Serverless.Labels;

/// <summary>Kinds of pictures that the pixels rule out, whatever the vector says.</summary>
internal static class StyleRules
{
    /// <summary>Increment with every change of a rule.</summary>
    public const int Version = 1;

    private const string LineDrawing = "lineDrawing";

    /// <summary>
    /// Lines cover little: a picture with more of its area in colours other than that of its ground is filled, not drawn in lines.
    /// </summary>
    private const double MostOfLines = 0.15;

    /// <summary>Gives the share of a kind that cannot be to the others.</summary>
    /// <param name="visual">Null where nothing is known of the pixels: then nothing is ruled out.</param>
    public static void Apply(IReadOnlyList<string> names, Span<float> certainties, VisualFeatures? visual)
    {
        var place = names.ToList().IndexOf(LineDrawing);
        if (place < 0 || visual is null || !IsFilled(visual))
        {
            return;
        }

        var left = 1 - certainties[place];
        certainties[place] = 0;
        if (left > 0)
        {
            System.Numerics.Tensors.TensorPrimitives.Divide(certainties, left, certainties);
        }
    }

    private static bool IsFilled(VisualFeatures visual) =>
        visual.Palette.Where(colour => colour.Name != visual.Background && !IsNeutral(colour.Name)).Sum(colour => colour.Share)
        > MostOfLines;

    private static bool IsNeutral(ColourName name) => name is ColourName.Black or ColourName.Gray or ColourName.White;
}
