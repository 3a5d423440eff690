namespace Serverless.Drawings;

/// <summary>Draws lines of one width with soft edges: 0 is paper, 1 is ink.</summary>
internal sealed class StrokeCanvas(int width, int height, double strokeWidth)
{
    private readonly double radius = strokeWidth / 2;

    public float[] Ink { get; } = new float[width * height];

    /// <summary>A line between two places, in pixels of the canvas.</summary>
    public void Line(double fromX, double fromY, double toX, double toY)
    {
        var reach = radius + 0.5;
        var (left, right) = (First(Math.Min(fromX, toX) - reach), Last(Math.Max(fromX, toX) + reach, width));
        var (top, bottom) = (First(Math.Min(fromY, toY) - reach), Last(Math.Max(fromY, toY) + reach, height));
        var (dx, dy) = (toX - fromX, toY - fromY);
        var square = (dx * dx) + (dy * dy);
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                double px = x + 0.5 - fromX,
                    py = y + 0.5 - fromY;
                var share = square <= 0 ? 0 : Math.Clamp(((px * dx) + (py * dy)) / square, 0, 1);
                double awayX = px - (share * dx),
                    awayY = py - (share * dy);
                var ink = (float)Math.Clamp(reach - Math.Sqrt((awayX * awayX) + (awayY * awayY)), 0, 1);
                ref var place = ref Ink[(y * width) + x];
                place = Math.Max(place, ink);
            }
        }
    }

    /// <summary>Draws thinned strokes of a mask. A place of the mask moves to (place − origin) × scale.</summary>
    public void Draw(Mask strokes, IEnumerable<int> points, (double X, double Y) origin, (double X, double Y) scale)
    {
        var (data, across) = (strokes.Points, strokes.Width);
        foreach (var at in points)
        {
            double x = ((at % across) + 0.5 - origin.X) * scale.X,
                y = ((at / across) + 0.5 - origin.Y) * scale.Y;
            var (right, below) = (data[at + 1] != 0, data[at + across] != 0);
            var alone = true;
            void To(int dx, int dy)
            {
                Line(x, y, x + (dx * scale.X), y + (dy * scale.Y));
                alone = false;
            }

            if (right)
            {
                To(1, 0);
            }

            if (below)
            {
                To(0, 1);
            }

            // A diagonal beside a corner would draw the corner twice.
            if (data[at + across + 1] != 0 && !right && !below)
            {
                To(1, 1);
            }

            if (data[at + across - 1] != 0 && data[at - 1] == 0 && !below)
            {
                To(-1, 1);
            }

            if (alone)
            {
                Line(x, y, x, y);
            }
        }
    }

    private static int First(double place) => Math.Max(0, (int)Math.Floor(place));

    private static int Last(double place, int size) => Math.Min(size, (int)Math.Ceiling(place) + 1);
}
