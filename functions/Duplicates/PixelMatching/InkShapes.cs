namespace Serverless.Duplicates.PixelMatching;

/// <summary>Tells lettering from things by its shapes: several of about one size, side by side.</summary>
internal static class InkShapes
{
    /// <summary>Points of the smallest shape that counts.</summary>
    private const int LeastPoints = 8;

    private const int LeastLetters = 4;

    /// <summary>Letters that one stands beside, at least.</summary>
    private const int LeastBeside = 3;

    /// <summary>Share of the ink that stands in such rows, at least, and share of it in one shape, at most.</summary>
    private const double LeastShare = 0.7;
    private const double MostOfOne = 0.5;

    /// <summary>How much higher one letter of a row is than another at most.</summary>
    private const double MostRatio = 2.5;

    /// <summary>Whether most of the ink is letters.</summary>
    /// <param name="ink">Row by row; it is cleared.</param>
    public static bool AreLetters(bool[] ink, int width)
    {
        var shapes = Find(ink, width);
        var all = shapes.Sum(shape => shape.Points);
        var letters = shapes.Where(shape => shapes.Count(other => shape.IsBeside(other)) > LeastBeside).ToList();
        return letters.Count >= LeastLetters
            && letters.Sum(shape => shape.Points) >= LeastShare * all
            && shapes.Max(shape => shape.Points) <= MostOfOne * all;
    }

    private static List<Shape> Find(bool[] ink, int width)
    {
        var (shapes, open) = (new List<Shape>(), new Stack<int>());
        for (var start = 0; start < ink.Length; start++)
        {
            if (!ink[start])
            {
                continue;
            }

            var (points, top, bottom) = (0, int.MaxValue, 0);
            Push(start);
            while (open.TryPop(out var at))
            {
                var (x, y) = (at % width, at / width);
                (points, top, bottom) = (points + 1, Math.Min(top, y), Math.Max(bottom, y));
                for (var row = Math.Max(0, y - 1); row <= Math.Min((ink.Length / width) - 1, y + 1); row++)
                {
                    for (var column = Math.Max(0, x - 1); column <= Math.Min(width - 1, x + 1); column++)
                    {
                        Push((row * width) + column);
                    }
                }
            }

            if (points >= LeastPoints)
            {
                shapes.Add(new Shape(points, top, bottom + 1));
            }
        }

        return shapes;

        void Push(int at)
        {
            if (ink[at])
            {
                ink[at] = false;
                open.Push(at);
            }
        }
    }

    private readonly record struct Shape(int Points, int Top, int Bottom)
    {
        private double Middle => (Top + Bottom) / 2.0;

        private int Height => Bottom - Top;

        /// <summary>Whether it stands on a line with another, or is that.</summary>
        public bool IsBeside(Shape other) =>
            Middle > other.Top
            && Middle < other.Bottom
            && other.Middle > Top
            && other.Middle < Bottom
            && Math.Max(Height, other.Height) <= MostRatio * Math.Min(Height, other.Height);
    }
}
