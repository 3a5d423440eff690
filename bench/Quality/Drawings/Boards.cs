using SkiaSharp;

namespace Bench.Quality.Drawings;

/// <summary>Boards of games: a position of chess, letters laid in a grid, a number puzzle.</summary>
internal static class Boards
{
    private const string Pieces = "♔♕♖♗♘♙♚♛♜♝♞♟";

    public static Sheet Chess(Random layout, Fields fields, double size)
    {
        var square = Math.Clamp(size * 2.2, 24, 100);
        var sheet = new Sheet(square * 8, square * 8, SKColors.White);
        var dark = Colours.Shade(Colours.Any(layout), 0.75);
        var share = 0.2 + (layout.NextDouble() * 0.35);
        for (var at = 0; at < 64; at++)
        {
            double x = at % 8 * square,
                y = at / 8 * square;
            sheet.Box(x, y, square, square, (at + (at / 8)) % 2 == 0 ? new(240, 235, 220) : dark);
            var piece = fields.Pick(random => random.NextDouble() < share ? random.Next(Pieces.Length) : -1);
            if (piece >= 0)
            {
                sheet.Text(
                    Pieces[piece].ToString(),
                    x + (square / 2),
                    y + (square * 0.82),
                    square * 0.85,
                    Typefaces.Named(Typefaces.Signs),
                    Colours.Ink,
                    SKTextAlign.Center
                );
            }
        }

        return sheet;
    }

    public static Sheet Words(Random layout, Fields fields, double size)
    {
        var square = Math.Clamp(size * 1.6, 14, 64);
        var sheet = new Sheet(square * 15, square * 15, new(205, 197, 178));
        var share = 0.25 + (layout.NextDouble() * 0.2);
        for (var at = 0; at < 225; at++)
        {
            double x = at % 15 * square,
                y = at / 15 * square;
            sheet.Box(
                x + 1,
                y + 1,
                square - 2,
                square - 2,
                layout.Next(9) switch
                {
                    0 => new(214, 90, 80),
                    1 => new(120, 170, 200),
                    _ => new(190, 182, 160),
                }
            );
            var letter = fields.Pick(random => random.NextDouble() < share ? random.Next(26) : -1);
            if (letter >= 0)
            {
                sheet.Box(x + 1, y + 1, square - 2, square - 2, new(246, 222, 170), square / 8);
                sheet.Text(
                    ((char)('A' + letter)).ToString(),
                    x + (square / 2),
                    y + (square * 0.76),
                    square * 0.72,
                    Typefaces.Named("LiberationSans-Bold"),
                    Colours.Ink,
                    SKTextAlign.Center
                );
            }
        }

        return sheet;
    }

    public static Sheet Numbers(Random layout, Fields fields, double size)
    {
        var square = Math.Clamp(size * 2, 20, 90);
        var face = Typefaces.Family(layout).Regular;
        var sheet = new Sheet(square * 9.4, square * 9.4, SKColors.White);
        for (var line = 0; line <= 9; line++)
        {
            double at = square * (0.2 + line),
                to = square * 9.2;
            sheet.Line(square * 0.2, at, to, at, Colours.Ink, line % 3 == 0 ? 3 : 1);
            sheet.Line(at, square * 0.2, at, to, Colours.Ink, line % 3 == 0 ? 3 : 1);
        }

        for (var at = 0; at < 81; at++)
        {
            var digit = fields.Pick(random => random.Next(3) == 0 ? random.Next(1, 10) : 0);
            if (digit > 0)
            {
                sheet.Text(
                    ((char)('0' + digit)).ToString(),
                    square * (0.7 + (at % 9)),
                    square * (0.95 + (at / 9)),
                    Math.Min(size, square * 0.8),
                    face,
                    Colours.Ink,
                    SKTextAlign.Center
                );
            }
        }

        return sheet;
    }
}
