using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// Finds the windows of 2 × 2 cells whose mean brightness or colour may differ by a number of levels: sixteen windows at once.
/// </summary>
internal static class CellSuspects
{
    private const int Step = 16;

    /// <summary>Cells of a window.</summary>
    private const int Cells = 4;

    /// <summary>Windows, counted row by row; where the picture has one row or column of cells only, all of them.</summary>
    public static List<int> Find(ScenePicture a, ScenePicture b, double least)
    {
        var (across, down) = (a.Cells.Width, a.Cells.Height);
        var (columns, rows) = (Math.Max(1, across - 1), Math.Max(1, down - 1));
        if (across == 1 || down == 1)
        {
            return [.. Enumerable.Range(0, columns * rows)];
        }

        var (found, most) = (new List<int>(), (int)(Cells * least));
        for (var y = 0; y < rows; y++)
        {
            var (start, x) = (y * across, 0);
            for (; x + Step <= columns; x += Step)
            {
                var (luma, blue, red) = (Sums(a.Cells, b.Cells, start + x), Sums(a.Blue, b.Blue, start + x), Sums(a.Red, b.Red, start + x));

                // Two numbers of half a bound or less have a sum of squares below its square.
                var bound = Vector256.Create((short)most);
                var near = Vector256.Create((short)(most / 2));
                var suspects =
                    Vector256.GreaterThan(Vector256.Abs(luma), bound)
                    | Vector256.GreaterThan(Vector256.Abs(blue), near)
                    | Vector256.GreaterThan(Vector256.Abs(red), near);
                for (var bits = suspects.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
                {
                    var at = BitOperations.TrailingZeroCount(bits);
                    if (Math.Abs(luma[at]) > most || (blue[at] * blue[at]) + (red[at] * red[at]) > most * most)
                    {
                        found.Add((y * columns) + x + at);
                    }
                }
            }

            for (; x < columns; x++)
            {
                var (luma, blue, red) = (Sum(a.Cells, b.Cells, start + x), Sum(a.Blue, b.Blue, start + x), Sum(a.Red, b.Red, start + x));
                if (Math.Abs(luma) > most || (blue * blue) + (red * red) > most * most)
                {
                    found.Add((y * columns) + x);
                }
            }
        }

        return found;
    }

    private static int Sum(Plane a, Plane b, int at)
    {
        return Difference(at) + Difference(at + 1) + Difference(at + a.Width) + Difference(at + a.Width + 1);

        int Difference(int place) => a.Values[place] - b.Values[place];
    }

    private static Vector256<short> Sums(Plane a, Plane b, int at)
    {
        return Difference(at) + Difference(at + 1) + Difference(at + a.Width) + Difference(at + a.Width + 1);

        Vector256<short> Difference(int place) => Load(a, place) - Load(b, place);
    }

    private static Vector256<short> Load(Plane plane, int at)
    {
        var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(plane.Values), (nuint)at));
        return Vector256.Create(low, high).AsInt16();
    }
}
