namespace Functions.Tests.Duplicates;

/// <summary>Small luma pictures made from smooth random shapes, and what people do to pictures.</summary>
internal static class LumaPictures
{
    public const int Side = 128;

    /// <summary>A scene, the same for the same seed; a larger side shows the same scene in more detail.</summary>
    public static byte[] Scene(int seed, int side = Side)
    {
        var random = new Random(seed);
        var blobs = Enumerable
            .Range(0, 40)
            .Select(_ =>
                (
                    X: random.NextDouble(),
                    Y: random.NextDouble(),
                    Radius: 0.02 + (random.NextDouble() * 0.12),
                    Level: (random.NextDouble() * 160) - 80
                )
            )
            .ToArray();
        var picture = new byte[side * side];
        for (var at = 0; at < picture.Length; at++)
        {
            var (y, x) = (((at / side) + 0.5) / side, ((at % side) + 0.5) / side);
            var level = 128 + blobs.Sum(blob => blob.Level * Math.Exp(-(Square(x - blob.X) + Square(y - blob.Y)) / Square(blob.Radius)));
            picture[at] = (byte)Math.Clamp(level, 0, 255);
        }

        return picture;
    }

    /// <summary>The middle part of a picture, shown over the whole area. <paramref name="scale"/> is the side of the part.</summary>
    public static byte[] Crop(int seed, double scale, double left, double top)
    {
        const int detail = 2;
        var large = Scene(seed, Side * detail);
        var crop = new byte[Side * Side];
        for (var at = 0; at < crop.Length; at++)
        {
            var y = (int)((top + (scale * ((at / Side) + 0.5) / Side)) * Side * detail);
            var x = (int)((left + (scale * ((at % Side) + 0.5) / Side)) * Side * detail);
            crop[at] = large[(Math.Min(y, (Side * detail) - 1) * Side * detail) + Math.Min(x, (Side * detail) - 1)];
        }

        return crop;
    }

    public static byte[] Brighter(byte[] picture, double gain, int offset) =>
        [.. picture.Select(value => (byte)Math.Clamp((value * gain) + offset, 0, 255))];

    public static byte[] Noisy(byte[] picture, int seed, int amount)
    {
        var random = new Random(seed);
        return [.. picture.Select(value => (byte)Math.Clamp(value + random.Next(-amount, amount + 1), 0, 255))];
    }

    /// <summary>A white box over part of the picture.</summary>
    public static byte[] Marked(byte[] picture, int left, int top, int width, int height)
    {
        var marked = (byte[])picture.Clone();
        for (var y = top; y < top + height; y++)
        {
            marked.AsSpan((y * Side) + left, width).Fill(255);
        }

        return marked;
    }

    /// <summary>The luma of a scene of three independent colours, after brightness and contrast of each were changed and cut off.</summary>
    public static byte[] Coloured(int seed, double gain = 1, int offset = 0)
    {
        var (red, green, blue) = (
            Brighter(Scene(seed + 100), gain, offset),
            Brighter(Scene(seed + 200), gain, offset),
            Brighter(Scene(seed + 300), gain, offset)
        );
        return [.. red.Select((value, at) => (byte)((0.299 * value) + (0.587 * green[at]) + (0.114 * blue[at]) + 0.5))];
    }

    /// <summary>A picture with 8 × 8 blocks of another; the first block begins at the fifth point.</summary>
    public static byte[] Patched(byte[] picture, byte[] other, IEnumerable<(int X, int Y)> blocks)
    {
        var patched = (byte[])picture.Clone();
        foreach (var (x, y) in blocks)
        {
            for (var row = 0; row < 8; row++)
            {
                var at = ((4 + (8 * y) + row) * Side) + 4 + (8 * x);
                other.AsSpan(at, 8).CopyTo(patched.AsSpan(at, 8));
            }
        }

        return patched;
    }

    private static double Square(double value) => value * value;
}
