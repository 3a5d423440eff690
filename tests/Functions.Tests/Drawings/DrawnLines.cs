using Serverless.Imaging;

namespace Functions.Tests.Drawings;

/// <summary>Strokes of a pen on paper, point by point: darkness from 0 to 1, then brought to light and colour.</summary>
internal sealed class DrawnLines(int width, int height)
{
    private readonly double[] ink = new double[width * height];

    public int Width => width;

    public int Height => height;

    public DrawnLines Line(double fromX, double fromY, double toX, double toY, double thickness = 2)
    {
        var (dx, dy) = (toX - fromX, toY - fromY);
        var square = Math.Max(1e-9, (dx * dx) + (dy * dy));
        for (var at = 0; at < ink.Length; at++)
        {
            double x = (at % width) + 0.5 - fromX,
                y = (at / width) + 0.5 - fromY;
            var share = Math.Clamp(((x * dx) + (y * dy)) / square, 0, 1);
            var away = Math.Sqrt(Math.Pow(x - (share * dx), 2) + Math.Pow(y - (share * dy), 2));
            ink[at] = Math.Max(ink[at], Math.Clamp((thickness / 2) + 0.5 - away, 0, 1));
        }

        return this;
    }

    public DrawnLines Box(double left, double top, double right, double bottom, double thickness = 2) =>
        Line(left, top, right, top, thickness)
            .Line(right, top, right, bottom, thickness)
            .Line(right, bottom, left, bottom, thickness)
            .Line(left, bottom, left, top, thickness);

    public DrawnLines Filled(double left, double top, double right, double bottom)
    {
        for (var at = 0; at < ink.Length; at++)
        {
            var inside = at % width >= left && at % width < right && at / width >= top && at / width < bottom;
            ink[at] = inside ? 1 : ink[at];
        }

        return this;
    }

    public DrawnLines Circle(double x, double y, double radius, double thickness = 2)
    {
        for (var at = 0; at < ink.Length; at++)
        {
            var away = Math.Abs(Math.Sqrt(Math.Pow((at % width) + 0.5 - x, 2) + Math.Pow((at / width) + 0.5 - y, 2)) - radius);
            ink[at] = Math.Max(ink[at], Math.Clamp((thickness / 2) + 0.5 - away, 0, 1));
        }

        return this;
    }

    /// <summary>A round stair: a circle, a smaller one in it, and treads between them.</summary>
    public DrawnLines Spiral(double x, double y, double radius, double thickness = 2, int treads = 12)
    {
        Circle(x, y, radius, thickness).Circle(x, y, radius * 0.2, thickness);
        for (var tread = 0; tread < treads; tread++)
        {
            var (sine, cosine) = Math.SinCos(tread * 2 * Math.PI / treads);
            Line(x + (radius * 0.2 * cosine), y + (radius * 0.2 * sine), x + (radius * cosine), y + (radius * sine), thickness);
        }

        return this;
    }

    /// <summary>Ink on paper, as RGB; light falls off towards the right and the bottom down to a share; grain in levels.</summary>
    public Pixels On((int Red, int Green, int Blue) paper, (int Red, int Green, int Blue) pen, double darkest = 1, double grain = 0)
    {
        var (rgb, random) = (new byte[ink.Length * 3], new Random(1));
        for (var at = 0; at < ink.Length; at++)
        {
            var fall = ((at % width / (double)width) + (at / width / (double)height)) / 2;
            var light = 1 - ((1 - darkest) * fall);
            var noise = grain * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            byte Level(int one, int other) => (byte)Math.Clamp((light * (one + ((other - one) * ink[at]))) + noise, 0, 255);
            rgb[3 * at] = Level(paper.Red, pen.Red);
            rgb[(3 * at) + 1] = Level(paper.Green, pen.Green);
            rgb[(3 * at) + 2] = Level(paper.Blue, pen.Blue);
        }

        return new Pixels(rgb, width, height, new Extent(0, 0, width, height), width, height);
    }

    public Pixels Plain() => On((255, 255, 255), (0, 0, 0));
}
