using Serverless.Imaging;

namespace Serverless.Drawings;

/// <summary>
/// The <c>lines</c> vector: of a part of a page, of a whole picture, and of a sketch that looks for them. A sheet matches a sketch
/// as well as the best of its parts matches the best of the sketch's variants (cosine).
/// </summary>
internal static class LineVector
{
    /// <summary>Length of every vector.</summary>
    public const int Dimensions = LineDescriptor.Dimensions;

    /// <summary>Of unit length, or zeros for a part without strokes.</summary>
    public static float[] Of(Tile tile) => LineDescriptor.Of(tile.Sheet.Strokes, tile.Strokes);

    /// <summary>Of unit length, or zeros for a picture without strokes.</summary>
    public static float[] Of(Pixels picture) => Of(LineSheet.Of(picture));

    public static float[] Of(LineSheet sheet) => LineDescriptor.Of(sheet.Strokes, sheet.Strokes.Ink());

    /// <summary>The vectors to search by, the sketch as it is first. None for an empty sketch.</summary>
    /// <param name="turns">The sketch in all four quarter turns.</param>
    public static IReadOnlyList<float[]> QueryVariants(Pixels sketch, bool turns = false)
    {
        var upright = sketch;
        var variants = new List<float[]>();
        for (var turn = 0; turn < (turns ? 4 : 1); turn++)
        {
            var strokes = LineSheet.Of(upright).Strokes;
            if (SketchStrokes.Of(strokes) is { Count: > 0 } meant)
            {
                variants.Add(LineDescriptor.OfSketch(strokes, meant));
            }

            upright = QuarterTurn.Clockwise(upright);
        }

        return variants;
    }
}
