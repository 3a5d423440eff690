using SkiaSharp;

namespace Bench.Drawings.Sheets;

/// <summary>Three to eight parts with their measures.</summary>
internal static class MachineSheet
{
    private static readonly (Symbol? Symbol, Action<Pen, Random, double, double> Draw, double Shape, double Weight)[] Parts =
    [
        (Symbol.Gear, MachineSymbols.Gear, 1, 0.8),
        (Symbol.Spring, MachineSymbols.Spring, 2.6, 0.8),
        (Symbol.Flange, MachineSymbols.Flange, 1, 0.8),
        (null, MachineSymbols.Bearing, 1, 0.8),
        (null, MachineSymbols.HexHead, 1, 1),
        (null, MachineSymbols.Bolt, 2.4, 1.2),
        (null, MachineSymbols.Shaft, 3, 1.2),
        (null, MachineSymbols.Housing, 1.4, 1.2),
        (null, MachineSymbols.Bracket, 1.1, 1.2),
    ];

    public static void Draw(Draft draft)
    {
        var random = draft.Random;
        draft.TitleBlock();
        var (columns, rows) = (random.Next(2, 5), random.Next(2, 4));
        var (across, down) = (draft.Width * 0.92 / columns, draft.Height * 0.8 / rows);
        for (var cell = 0; cell < columns * rows; cell++)
        {
            if (random.Next(10) < 3)
            {
                continue;
            }

            var part = Pick(random);
            var size = 0.45 + (random.NextDouble() * 0.37);
            var width = Math.Min(across, down * part.Shape) * size;
            var box = SKRect.Create(
                (float)((draft.Width * 0.04) + (across * ((cell % columns) + 0.5)) - (width / 2)),
                (float)((draft.Height * 0.05) + (down * ((cell / columns) + 0.5)) - (width / part.Shape / 2)),
                (float)width,
                (float)(width / part.Shape)
            );
            var upright = part.Shape > 1.5 && random.Next(2) == 0 && width < down * 0.85;
            box = upright ? SKRect.Create(box.MidX - (box.Height / 2), box.MidY - (box.Width / 2), box.Height, box.Width) : box;
            draft.Put(part.Symbol, box, upright ? 1 : 0, part.Draw);
            if (random.Next(3) > 0)
            {
                var y = box.Bottom + (draft.Height * 0.025);
                draft.Dimension(box.Left, y, box.Right, y);
                draft.Pen.Thin.Line(box.Left, box.MidY, box.Left, y + 4);
                draft.Pen.Thin.Line(box.Right, box.MidY, box.Right, y + 4);
            }

            if (random.Next(3) == 0)
            {
                draft.Pen.Thin.Path(false, (box.Right, box.Top), (box.Right + 30, box.Top - 24), (box.Right + 70, box.Top - 24));
                StrokeFont.Write(draft.Pen.Thin, $"{random.Next(1, 90)}", box.Right + 34, box.Top - 28, draft.Height / 85.0);
            }
        }
    }

    private static (Symbol? Symbol, Action<Pen, Random, double, double> Draw, double Shape, double Weight) Pick(Random random)
    {
        var at = random.NextDouble() * Parts.Sum(part => part.Weight);
        foreach (var part in Parts)
        {
            if ((at -= part.Weight) < 0)
            {
                return part;
            }
        }

        return Parts[^1];
    }
}
