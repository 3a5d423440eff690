using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Serverless.Duplicates.PixelMatching;

/// <summary>Splits RGB into brightness at full detail and colour differences averaged over cells of 4 × 4 points.</summary>
internal static class PlaneConversion
{
    private const int Cell = PictureDetail.ColourCell;
    private const int Step = 16;

    // Rec. 601, in 256ths: they sum to 256.
    private const int RedShare = 77;
    private const int GreenShare = 150;
    private const int BlueShare = 29;

    /// <summary>Cb and Cr of one level of blue or red less brightness, in 65,536ths.</summary>
    private const int BlueScale = 36984;
    private const int RedScale = 46745;

    private static readonly Vector128<byte>[] Shuffles = [.. Enumerable.Range(0, 9).Select(at => Shuffle(at / 3, at % 3))];

    public static (Plane Luma, Plane Blue, Plane Red) Of(byte[] rgb, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rgb.Length, 3 * width * height);
        var luma = new Plane(width, height);
        var (across, down) = ((width + Cell - 1) / Cell, (height + Cell - 1) / Cell);
        var (blue, red) = (new Plane(across, down), new Plane(across, down));
        var columns = new ushort[3 * width];
        var (lumas, reds, blues) = (columns.AsMemory(0, width), columns.AsMemory(width, width), columns.AsMemory(2 * width, width));
        for (var y = 0; y < height; y++)
        {
            Row(rgb.AsSpan(3 * y * width, 3 * width), luma.WritableRow(y), lumas.Span, reds.Span, blues.Span);
            if (y % Cell == Cell - 1 || y == height - 1)
            {
                var (rows, cell) = ((y % Cell) + 1, y / Cell);
                Average(lumas.Span, blues.Span, rows, BlueScale, blue.WritableRow(cell));
                Average(lumas.Span, reds.Span, rows, RedScale, red.WritableRow(cell));
                Array.Clear(columns);
            }
        }

        return (luma, blue, red);
    }

    /// <summary>One row's brightness; its brightness, red and blue are added to the sums of the columns.</summary>
    private static void Row(ReadOnlySpan<byte> rgb, Span<byte> luma, Span<ushort> lumas, Span<ushort> reds, Span<ushort> blues)
    {
        var x = 0;
        ref var from = ref MemoryMarshal.GetReference(rgb);
        for (; x + Step <= luma.Length; x += Step)
        {
            var first = Vector128.LoadUnsafe(ref from, (nuint)(3 * x));
            var second = Vector128.LoadUnsafe(ref from, (nuint)((3 * x) + Step));
            var third = Vector128.LoadUnsafe(ref from, (nuint)((3 * x) + (2 * Step)));
            var red = Wide(first, second, third, 0);
            var green = Wide(first, second, third, 1);
            var blue = Wide(first, second, third, 2);
            var y = ((red * RedShare) + (green * GreenShare) + (blue * BlueShare) + Vector256.Create((ushort)128)) >>> 8;
            Vector128.Narrow(y.GetLower(), y.GetUpper()).CopyTo(luma[x..]);
            Add(y, lumas[x..]);
            Add(red, reds[x..]);
            Add(blue, blues[x..]);
        }

        for (; x < luma.Length; x++)
        {
            var y = (byte)(((RedShare * rgb[3 * x]) + (GreenShare * rgb[(3 * x) + 1]) + (BlueShare * rgb[(3 * x) + 2]) + 128) >> 8);
            luma[x] = y;
            lumas[x] += y;
            reds[x] += rgb[3 * x];
            blues[x] += rgb[(3 * x) + 2];
        }
    }

    private static void Add(Vector256<ushort> values, Span<ushort> sums) => (values + Vector256.Create<ushort>(sums)).CopyTo(sums);

    /// <summary>One of the three colours of 16 points.</summary>
    private static Vector256<ushort> Wide(Vector128<byte> first, Vector128<byte> second, Vector128<byte> third, int colour)
    {
        var bytes =
            Vector128.Shuffle(first, Shuffles[colour])
            | Vector128.Shuffle(second, Shuffles[3 + colour])
            | Vector128.Shuffle(third, Shuffles[6 + colour]);
        var (lower, upper) = Vector128.Widen(bytes);
        return Vector256.Create(lower, upper);
    }

    /// <summary>Which of the sixteen bytes of a part belong to a colour, each at the place of its point; 255 gives zero.</summary>
    private static Vector128<byte> Shuffle(int part, int colour)
    {
        var places = new byte[Step];
        for (var point = 0; point < Step; point++)
        {
            var at = (3 * point) + colour - (Step * part);
            places[point] = at is >= 0 and < Step ? (byte)at : byte.MaxValue;
        }

        return Vector128.Create(places);
    }

    private static void Average(ReadOnlySpan<ushort> lumas, ReadOnlySpan<ushort> colours, int rows, int scale, Span<byte> cells)
    {
        for (var cell = 0; cell < cells.Length; cell++)
        {
            var (start, difference) = (cell * Cell, 0);
            var columns = Math.Min(Cell, lumas.Length - start);
            for (var x = start; x < start + columns; x++)
            {
                difference += colours[x] - lumas[x];
            }

            // Rounded to the nearest: a whole cell has sixteen points, and a shift does it.
            var mean =
                columns * rows == Cell * Cell
                    ? ((difference * scale) + (1 << 19)) >> 20
                    : (int)Math.Floor((difference * (double)scale / (65536.0 * columns * rows)) + 0.5);
            cells[cell] = (byte)Math.Clamp(PictureDetail.Neutral + mean, 0, 255);
        }
    }
}
