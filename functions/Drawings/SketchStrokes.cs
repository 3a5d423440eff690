namespace Serverless.Drawings;

/// <summary>The strokes of a sketch that are meant: not the frame of a whiteboard or the edge of the paper in a photo of it.</summary>
internal static class SketchStrokes
{
    private const double Edge = 0.015;
    private const double LeastRest = 0.25;

    /// <summary>All strokes, less those that reach the edge of the picture if enough is left without them.</summary>
    public static IReadOnlyList<int> Of(Mask strokes)
    {
        var components = Components.Of(strokes);
        var (across, down) = (Math.Max(2, strokes.Width * Edge), Math.Max(2, strokes.Height * Edge));
        var free = components.FindAll(component =>
            component.Left > across
            && component.Top > down
            && component.Right < strokes.Width - 1 - across
            && component.Bottom < strokes.Height - 1 - down
        );
        var kept = free.Sum(component => component.Points.Length) >= LeastRest * components.Sum(component => component.Points.Length);
        return [.. (kept ? free : components).SelectMany(component => component.Points)];
    }
}
