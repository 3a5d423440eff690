namespace Serverless.Imaging;

/// <summary>
/// Resizes 8-bit RGB exactly like Pillow, bit for bit: antialiased, two passes in fixed point with 8 bits between them. Models were trained
/// on such pixels. Only the wanted window is computed, so a strip of one by a hundred thousand pixels costs no more than its crop.
/// </summary>
internal static partial class PillowResize
{
    private const int Half = 1 << (ResampleCoefficients.PrecisionBits - 1);

    public static byte[] Resize(Pixels pixels, ResizeWindow window, Resample filter)
    {
        if (filter == Resample.Nearest)
        {
            return Nearest(pixels, window);
        }

        var (acrossAxis, downAxis) = (ResizeAxis.Across(pixels, window), ResizeAxis.Down(pixels, window));
        var across = ResampleCoefficients.For(filter, acrossAxis);
        var down = ResampleCoefficients.For(filter, downAxis);
        var firstRow = down.Starts[0];
        var lastRow = down.Starts[^1] + down.Counts[^1];
        var same = acrossAxis.IsIdentity;
        var rows = new byte[(lastRow - firstRow) * window.Width * 3];
        var pairs = !same && CanUseAvx2(across) ? Pairs(across) : null;
        for (var y = firstRow; y < lastRow; y++)
        {
            var source = pixels.Rgb.AsSpan(y * pixels.Width * 3);
            var target = rows.AsSpan((y - firstRow) * window.Width * 3, window.Width * 3);
            if (same)
            {
                source.Slice((int)window.Left * 3, target.Length).CopyTo(target);
            }
            else if (pairs is not null)
            {
                AcrossAvx2(source, target, across, pairs);
            }
            else
            {
                Across(source, target, across);
            }
        }

        return downAxis.IsIdentity
            ? rows.AsSpan(((int)window.Top - firstRow) * window.Width * 3, window.Height * window.Width * 3).ToArray()
            : Down(rows, firstRow, window, down);
    }

    private static void Across(ReadOnlySpan<byte> source, Span<byte> target, ResampleCoefficients across)
    {
        for (var x = 0; x < across.Starts.Length; x++)
        {
            Pixel(source, target, across, x);
        }
    }

    private static void Pixel(ReadOnlySpan<byte> source, Span<byte> target, ResampleCoefficients across, int x)
    {
        var weights = across.Weights.AsSpan(x * across.Taps, across.Counts[x]);
        var taps = source.Slice(across.Starts[x] * 3, weights.Length * 3);
        int red = Half,
            green = Half,
            blue = Half;
        for (var t = 0; t < weights.Length; t++)
        {
            red += taps[3 * t] * weights[t];
            green += taps[(3 * t) + 1] * weights[t];
            blue += taps[(3 * t) + 2] * weights[t];
        }

        target[3 * x] = Clip(red);
        target[(3 * x) + 1] = Clip(green);
        target[(3 * x) + 2] = Clip(blue);
    }

    private static byte[] Down(byte[] rows, int firstRow, ResizeWindow window, ResampleCoefficients down)
    {
        var stride = window.Width * 3;
        var result = new byte[window.Height * stride];
        var wide = CanUseAvx2(down);
        for (var y = 0; y < window.Height; y++)
        {
            var weights = down.Weights.AsSpan(y * down.Taps, down.Counts[y]);
            var source = rows.AsSpan((down.Starts[y] - firstRow) * stride, weights.Length * stride);
            var target = result.AsSpan(y * stride, stride);
            for (var i = wide ? DownAvx2(source, stride, weights, target) : 0; i < stride; i++)
            {
                var sum = Half;
                for (var t = 0; t < weights.Length; t++)
                {
                    sum += source[(t * stride) + i] * weights[t];
                }

                target[i] = Clip(sum);
            }
        }

        return result;
    }

    private static byte Clip(int sum) => (byte)Math.Clamp(sum >> ResampleCoefficients.PrecisionBits, 0, 255);

    private static byte[] Nearest(Pixels pixels, ResizeWindow window)
    {
        var columns = Positions(ResizeAxis.Across(pixels, window));
        var rows = Positions(ResizeAxis.Down(pixels, window));
        var result = new byte[window.Width * window.Height * 3];
        for (var y = 0; y < window.Height; y++)
        {
            for (var x = 0; x < window.Width; x++)
            {
                pixels.Rgb.AsSpan(((rows[y] * pixels.Width) + columns[x]) * 3, 3).CopyTo(result.AsSpan(((y * window.Width) + x) * 3));
            }
        }

        return result;
    }

    /// <summary>Adds up step by step, like Pillow: a product would sometimes round differently.</summary>
    private static int[] Positions(ResizeAxis axis)
    {
        var positions = new int[axis.Count];
        var step = axis.Scale;
        var at = axis.From + (step * 0.5);
        for (var i = -axis.First; i < axis.Count; i++, at += step)
        {
            if (i >= 0)
            {
                positions[i] = Math.Min((int)at, axis.InSize - 1);
            }
        }

        return positions;
    }
}
