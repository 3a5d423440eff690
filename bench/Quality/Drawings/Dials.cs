using SkiaSharp;

namespace Bench.Quality.Drawings;

/// <summary>Clocks with another time, dice with another count, playing cards.</summary>
internal static class Dials
{
    public static Sheet Clock(Random layout, Fields fields, double size)
    {
        var side = layout.Next(160, 520);
        var sheet = new Sheet(side, side, Colours.Shade(Colours.Any(layout), 1.3));
        double middle = side / 2.0,
            radius = side * 0.42;
        sheet.Oval(middle, middle, radius, radius, SKColors.White);
        sheet.Ring(middle, middle, radius, Colours.Ink, side / 50.0);
        for (var hour = 0; hour < 12; hour++)
        {
            var (x, y) = On(hour / 12.0);
            sheet.Line(
                middle + (x * radius * 0.86),
                middle + (y * radius * 0.86),
                middle + (x * radius * 0.96),
                middle + (y * radius * 0.96),
                Colours.Ink,
                side / 80.0
            );
        }

        Hand(fields.Number(0, 12) / 12.0, 0.5, side / 30.0, Colours.Ink);
        Hand(fields.Number(0, 60) / 60.0, 0.8, side / 45.0, Colours.Ink);
        Hand(fields.Number(0, 60) / 60.0, 0.85, Math.Max(1, side / 160.0), new SKColor(200, 30, 30));
        return sheet;

        void Hand(double turn, double length, double stroke, SKColor colour)
        {
            var (x, y) = On(turn);
            sheet.Line(middle, middle, middle + (x * radius * length), middle + (y * radius * length), colour, stroke);
        }

        static (double X, double Y) On(double turn) => (Math.Sin(2 * Math.PI * turn), -Math.Cos(2 * Math.PI * turn));
    }

    public static Sheet Dice(Random layout, Fields fields, double size)
    {
        var (across, down, side) = (layout.Next(1, 6), layout.Next(1, 5), Math.Max(20, size * 3));
        var sheet = new Sheet((across * side * 1.3) + 20, (down * side * 1.3) + 20, Colours.Shade(Colours.Any(layout), 0.6));
        for (var at = 0; at < across * down; at++)
        {
            double left = 10 + (at % across * side * 1.3),
                top = 10 + (at / across * side * 1.3);
            sheet.Box(left, top, side, side, Colours.Paper, side / 6);
            var count = fields.Number(1, 7);
            (int X, int Y)[] places = [(1, 1), (0, 0), (2, 2), (0, 2), (2, 0), (0, 1), (2, 1)];
            foreach (var (x, y) in places.Where((_, place) => place == 0 ? count % 2 == 1 : place <= count - (count % 2)))
            {
                sheet.Oval(left + (side * (0.25 + (0.25 * x))), top + (side * (0.25 + (0.25 * y))), side * 0.09, side * 0.09, Colours.Ink);
            }
        }

        return sheet;
    }

    public static Sheet Cards(Random layout, Fields fields, double size)
    {
        var (count, width) = (layout.Next(2, 7), Math.Max(50, size * 5));
        var sheet = new Sheet((count * width * 1.1) + 20, (width * 1.4) + 40, new SKColor(20, 100, 50));
        var face = Typefaces.Named(Typefaces.Signs);
        for (var at = 0; at < count; at++)
        {
            var left = 10 + (at * width * 1.1);
            sheet.Box(left, 20, width, width * 1.4, SKColors.White, width / 12);
            var (suit, rank) = (fields.Number(0, 4), fields.Number(0, 13));
            var colour = suit < 2 ? new SKColor(200, 20, 30) : Colours.Ink;
            var text = rank switch
            {
                0 => "A",
                10 => "J",
                11 => "Q",
                12 => "K",
                _ => $"{rank + 1}",
            };
            sheet.Text(text, left + (width * 0.08), 20 + (width * 0.3), width * 0.24, face, colour);
            sheet.Text("♥♦♣♠"[suit].ToString(), left + (width * 0.3), 20 + (width * 0.9), width * 0.5, face, colour);
        }

        return sheet;
    }
}
