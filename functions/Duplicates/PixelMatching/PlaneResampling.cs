using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// Draws a plane on the points of a grid with Lanczos' three-lobed window, as most programs do, widened where the grid is the
/// coarser one, so that nothing aliases.
/// </summary>
internal static class PlaneResampling
{
    /// <summary>A factor this near to a power of two is one: the level of the pyramid is read as it is.</summary>
    private const double NearPower = 0.02;

    /// <summary>Brightness at the points of a grid, from the level of the pyramid that is next finer.</summary>
    public static Plane Resample(PictureDetail picture, Mapping gridToPicture, int width, int height)
    {
        var level = Math.Clamp(
            (int)Math.Floor(Math.Log2(Math.Max(1e-3, Math.Min(gridToPicture.ScaleX, gridToPicture.ScaleY))) + NearPower),
            0,
            picture.Levels - 1
        );
        return Resample(picture.Level(level), gridToPicture.Between(0, level), width, height);
    }

    /// <summary>Whether points are read as they are, from a level of the pyramid, wherever the grid begins.</summary>
    public static bool IsRead(Mapping mapping)
    {
        const double near = 0.02;
        var level = Math.Round(Math.Log2(mapping.Scale));
        var at = mapping.Between(0, Math.Max(0, (int)level));
        return IsWhole(at.ShiftX) && IsWhole(at.ShiftY) && Math.Abs(at.ScaleX - 1) < 1e-5 && Math.Abs(at.ScaleY - 1) < 1e-5;

        static bool IsWhole(double value) => Math.Abs(value - Math.Round(value)) < near;
    }

    /// <summary>The values at the points of a grid; a place maps from the grid to the plane.</summary>
    public static Plane Resample(Plane plane, Mapping mapping, int width, int height, ResamplingWindow? window = null)
    {
        if (IsCopy(mapping, plane, width, height))
        {
            return Copy(plane, (int)Math.Round(mapping.ShiftX), (int)Math.Round(mapping.ShiftY), width, height);
        }

        var (across, down) = (
            new ResamplingTaps(mapping.ScaleX, mapping.ShiftX, width, plane.Width, window ?? ResamplingWindow.Lanczos),
            new ResamplingTaps(mapping.ScaleY, mapping.ShiftY, height, plane.Height, window ?? ResamplingWindow.Lanczos)
        );
        var result = new Plane(width, height);

        // Each row of the plane is drawn across once and kept while rows of the grid need it.
        var rows = new float[down.Count][];
        var kept = new int[down.Count];
        Array.Fill(kept, -1);
        var sums = new float[width];
        for (var y = 0; y < height; y++)
        {
            Array.Clear(sums);
            for (var tap = 0; tap < down.Count; tap++)
            {
                var from = Math.Clamp(down.First[y] + tap, 0, plane.Height - 1);
                var slot = from % down.Count;
                if (kept[slot] != from)
                {
                    rows[slot] ??= new float[width];
                    across.Draw(plane.Row(from), rows[slot]);
                    kept[slot] = from;
                }

                TensorPrimitives.MultiplyAdd(rows[slot], down.Weight(y, tap), sums, sums);
            }

            Round(sums, result.WritableRow(y));
        }

        return result;
    }

    private static bool IsCopy(Mapping mapping, Plane plane, int width, int height)
    {
        const double near = 0.02;
        var (x, y) = (Math.Round(mapping.ShiftX), Math.Round(mapping.ShiftY));
        return Math.Abs(mapping.ShiftX - x) < near
            && Math.Abs(mapping.ShiftY - y) < near
            && Math.Abs((mapping.ScaleX - 1) * width) < near
            && Math.Abs((mapping.ScaleY - 1) * height) < near
            && x >= 0
            && y >= 0
            && x + width <= plane.Width
            && y + height <= plane.Height;
    }

    private static Plane Copy(Plane plane, int left, int top, int width, int height)
    {
        if (left == 0 && top == 0 && width == plane.Width && height == plane.Height)
        {
            return plane;
        }

        var copy = new Plane(width, height);
        for (var y = 0; y < height; y++)
        {
            plane.Row(top + y).Slice(left, width).CopyTo(copy.WritableRow(y));
        }

        return copy;
    }

    private static void Round(ReadOnlySpan<float> values, Span<byte> bytes)
    {
        var x = 0;
        for (; x + Vector128<byte>.Count <= bytes.Length; x += Vector128<byte>.Count)
        {
            var low = Vector256.Narrow(Whole(values[x..]), Whole(values[(x + 8)..]));
            Vector128.Narrow(low.GetLower().AsUInt16(), low.GetUpper().AsUInt16()).CopyTo(bytes[x..]);
        }

        for (; x < bytes.Length; x++)
        {
            bytes[x] = (byte)Math.Clamp((int)(values[x] + 0.5f), 0, 255);
        }

        static Vector256<int> Whole(ReadOnlySpan<float> values) =>
            Vector256.ConvertToInt32(
                Vector256.Min(
                    Vector256.Max(Vector256.Create(values) + Vector256.Create(0.5f), Vector256<float>.Zero),
                    Vector256.Create(255f)
                )
            );
    }
}
