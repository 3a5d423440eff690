using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// A small symmetric filter that takes one picture of a scene to the sharpness of the other. It only blurs: what the softer of
/// the two has lost cannot be brought back.
/// </summary>
/// <param name="Near">Weight of the four nearest neighbours.</param>
/// <param name="Diagonal">Of the four diagonal ones.</param>
/// <param name="Far">Of the four two points away.</param>
/// <param name="Left">Mean squared difference after the filter, at the places where it was fitted.</param>
/// <param name="Before">The same without a filter.</param>
internal readonly record struct SharpnessMatch(double Near, double Diagonal, double Far, double Left, double Before)
{
    private const int Unknowns = 3;
    private const int Width = Unknowns + 1;
    private const int PatchSide = 16;
    private const int Rounds = 3;

    /// <summary>How far the filter reaches.</summary>
    private const int Reach = 2;

    /// <summary>Weights of a filter are whole numbers of this fraction.</summary>
    private const int Fraction = 1024;

    /// <summary>Share of a wave of four points that is left, across: what a blur takes away.</summary>
    public double MiddleResponse => 1 - (0.5 * Near) - Diagonal - Far;

    /// <summary>The same of the finest wave.</summary>
    public double FineResponse => 1 - Near - (2 * Diagonal);

    /// <summary>Whether it takes away detail rather than adding any.</summary>
    public bool IsBlur => MiddleResponse is < 0.98 and > -0.2 && FineResponse is < 1.02 and > -0.6;

    /// <summary>The filters from the one to the other and back.</summary>
    public static (SharpnessMatch Forth, SharpnessMatch Back) Fit(Plane a, Plane b)
    {
        var patches = PatchGrid.Choose(a, new Area(Reach, Reach, a.Width - Reach, a.Height - Reach), PatchSide);
        var points = patches.Count == 0 ? 0 : patches.Count * patches[0].Width * patches[0].Height;
        var (forth, back) = (new float[points * Width], new float[points * Width]);
        var at = 0;
        foreach (var patch in patches)
        {
            for (var y = patch.Top; y < patch.Top + patch.Height; y++)
            {
                for (var x = patch.Left; x < patch.Left + patch.Width; x++, at += Width)
                {
                    Around(a, x, y, forth.AsSpan(at, Unknowns));
                    Around(b, x, y, back.AsSpan(at, Unknowns));
                    forth[at + Unknowns] = b.Values[(y * b.Width) + x] - a.Values[(y * a.Width) + x];
                    back[at + Unknowns] = -forth[at + Unknowns];
                }
            }
        }

        return (Fit(forth), Fit(back));
    }

    public Plane Apply(Plane plane)
    {
        var result = new Plane(plane.Width, plane.Height);
        var (near, diagonal, far) = (Weight(Near), Weight(Diagonal), Weight(Far));
        var here = Fraction - (4 * (near + diagonal + far));
        for (var y = 0; y < plane.Height; y++)
        {
            var rows = new Rows(plane, y);
            var to = result.WritableRow(y);
            var x = 0;
            for (; x < Math.Min(Reach, to.Length); x++)
            {
                to[x] = rows.At(x, here, near, diagonal, far);
            }

            for (; x + Vector256<short>.Count + Reach <= to.Length; x += Vector256<short>.Count)
            {
                rows.Sixteen(x, here, near, diagonal, far).CopyTo(to[x..]);
            }

            for (; x < to.Length; x++)
            {
                to[x] = rows.At(x, here, near, diagonal, far);
            }
        }

        return result;
    }

    private static int Weight(double weight) => (int)Math.Round(weight * Fraction / 4);

    private static SharpnessMatch Fit(float[] points)
    {
        var match = default(SharpnessMatch);
        Span<double> system = stackalloc double[Unknowns * Width];
        for (var round = 0; round < Rounds; round++)
        {
            system.Clear();
            double before = 0,
                left = 0,
                weights = 0;
            var scale = match.Left + 4;
            for (var at = 0; at < points.Length; at += Width)
            {
                var (near, diagonal, far, difference) = (points[at], points[at + 1], points[at + 2], points[at + 3]);
                var error = difference - (match.Near * near) - (match.Diagonal * diagonal) - (match.Far * far);

                // What is changed, not blurred, does not count.
                var apart = error * error / scale;
                var weight =
                    round == 0 ? 1 / (8 + Math.Abs(difference))
                    : apart < 9 ? 1 / (1 + apart)
                    : 0;
                before += weight * difference * difference;
                left += weight * error * error;
                weights += weight;
                Add(system, points.AsSpan(at, Width), weight);
            }

            if (weights < 1)
            {
                return default;
            }

            match = match with { Left = left / weights, Before = before / weights };
            for (var row = 0; row < Unknowns; row++)
            {
                system[(row * Width) + row] += weights * 2;
            }

            if (round < Rounds - 1 && LinearSystem.TrySolve(system, Unknowns))
            {
                match = match with { Near = system[Unknowns], Diagonal = system[Width + Unknowns], Far = system[(2 * Width) + Unknowns] };
            }
        }

        return match;
    }

    private static void Add(Span<double> system, ReadOnlySpan<float> point, double weight)
    {
        for (var row = 0; row < Unknowns; row++)
        {
            var weighted = weight * point[row];
            for (var column = 0; column < Width; column++)
            {
                system[(row * Width) + column] += weighted * point[column];
            }
        }
    }

    /// <summary>How much the means of three kinds of neighbours are above the point itself; the point is not near the edge.</summary>
    private static void Around(Plane plane, int x, int y, Span<float> means)
    {
        var (at, width, values) = ((y * plane.Width) + x, plane.Width, plane.Values);
        int here = 4 * values[at];
        means[0] = (values[at - 1] + values[at + 1] + values[at - width] + values[at + width] - here) / 4f;
        means[1] = (values[at - 1 - width] + values[at + 1 - width] + values[at - 1 + width] + values[at + 1 + width] - here) / 4f;
        means[2] = (values[at - 2] + values[at + 2] + values[at - (2 * width)] + values[at + (2 * width)] - here) / 4f;
    }

    /// <summary>Five rows around one; above and below the plane, the nearest one inside.</summary>
    private readonly ref struct Rows(Plane plane, int y)
    {
        private readonly ReadOnlySpan<byte> upper2 = plane.Row(Math.Max(0, y - 2));
        private readonly ReadOnlySpan<byte> upper = plane.Row(Math.Max(0, y - 1));
        private readonly ReadOnlySpan<byte> middle = plane.Row(y);
        private readonly ReadOnlySpan<byte> lower = plane.Row(Math.Min(plane.Height - 1, y + 1));
        private readonly ReadOnlySpan<byte> lower2 = plane.Row(Math.Min(plane.Height - 1, y + 2));

        public byte At(int x, int here, int near, int diagonal, int far)
        {
            var last = middle.Length - 1;
            var (left, right) = (Math.Max(0, x - 1), Math.Min(last, x + 1));
            var sum =
                (here * middle[x])
                + (near * (middle[left] + middle[right] + upper[x] + lower[x]))
                + (diagonal * (upper[left] + upper[right] + lower[left] + lower[right]))
                + (far * (middle[Math.Max(0, x - 2)] + middle[Math.Min(last, x + 2)] + upper2[x] + lower2[x]));
            return (byte)Math.Clamp((sum + (Fraction / 2)) >> 10, 0, 255);
        }

        public Vector128<byte> Sixteen(int x, int here, int near, int diagonal, int far)
        {
            var centre = Load(middle, x);
            var beside = Load(middle, x - 1) + Load(middle, x + 1) + Load(upper, x) + Load(lower, x);
            var across = Load(upper, x - 1) + Load(upper, x + 1) + Load(lower, x - 1) + Load(lower, x + 1);
            var beyond = Load(middle, x - 2) + Load(middle, x + 2) + Load(upper2, x) + Load(lower2, x);
            var (low, high) = (Vector256.Create(Fraction / 2), Vector256.Create(Fraction / 2));
            Add(centre, here, ref low, ref high);
            Add(beside, near, ref low, ref high);
            Add(across, diagonal, ref low, ref high);
            Add(beyond, far, ref low, ref high);
            var most = Vector256.Create(255);
            low = Vector256.Min(Vector256.Max(low >> 10, Vector256<int>.Zero), most);
            high = Vector256.Min(Vector256.Max(high >> 10, Vector256<int>.Zero), most);
            var narrow = Vector256.Narrow(low, high);
            return Vector128.Narrow(narrow.GetLower().AsUInt16(), narrow.GetUpper().AsUInt16());
        }

        private static Vector256<short> Load(ReadOnlySpan<byte> row, int x)
        {
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(row), (nuint)x));
            return Vector256.Create(low, high).AsInt16();
        }

        private static void Add(Vector256<short> values, int weight, ref Vector256<int> low, ref Vector256<int> high)
        {
            var (lower, upper) = Vector256.Widen(values);
            low += lower * weight;
            high += upper * weight;
        }
    }
}
