namespace Serverless.Imaging;

/// <summary>Pillow's filters, with their numbers in <c>preprocessor_config.json</c>.</summary>
internal enum Resample
{
    Nearest = 0,
    Lanczos = 1,
    Bilinear = 2,
    Bicubic = 3,
    Box = 4,
    Hamming = 5,
}

/// <summary>The target size, and the wanted part of the result.</summary>
internal readonly record struct ResizeWindow(long OutWidth, long OutHeight, long Left, long Top, int Width, int Height);

/// <summary>One axis of a resize: the source range, and the wanted part of the target.</summary>
/// <param name="From">Start of the source range, in pixels.</param>
/// <param name="To">End of the source range, in pixels.</param>
/// <param name="InSize">Pixels of the source.</param>
/// <param name="OutSize">Pixels of the whole target.</param>
/// <param name="First">The first wanted pixel of the target.</param>
/// <param name="Count">The number of wanted pixels.</param>
internal readonly record struct ResizeAxis(double From, double To, int InSize, long OutSize, long First, int Count)
{
    /// <summary>Source pixels per target pixel.</summary>
    public double Scale => (To - From) / OutSize;

    public bool IsIdentity => From == 0 && To == InSize && OutSize == InSize;

    public static ResizeAxis Across(Pixels pixels, ResizeWindow window) =>
        new(pixels.Extent.Left, pixels.Extent.Right, pixels.Width, window.OutWidth, window.Left, window.Width);

    public static ResizeAxis Down(Pixels pixels, ResizeWindow window) =>
        new(pixels.Extent.Top, pixels.Extent.Bottom, pixels.Height, window.OutHeight, window.Top, window.Height);
}

/// <summary>The inputs and fixed-point weights of each wanted output position.</summary>
internal sealed class ResampleCoefficients
{
    public const int PrecisionBits = 32 - 8 - 2;

    private ResampleCoefficients(int count, int taps)
    {
        Taps = taps;
        Starts = new int[count];
        Counts = new int[count];
        Weights = new int[count * taps];
    }

    public int Taps { get; }

    public int[] Starts { get; }

    public int[] Counts { get; }

    public int[] Weights { get; }

    public static ResampleCoefficients For(Resample filter, ResizeAxis axis)
    {
        var (support, weight) = Filter(filter);
        var scale = axis.Scale;
        var filterScale = Math.Max(scale, 1.0);
        var radius = support * filterScale;
        var coefficients = new ResampleCoefficients(axis.Count, Math.Min(((int)Math.Ceiling(radius) * 2) + 1, axis.InSize));
        var weights = new double[coefficients.Taps];
        for (var i = 0; i < axis.Count; i++)
        {
            var centre = axis.From + ((axis.First + i + 0.5) * scale);
            var start = Math.Max((int)(centre - radius + 0.5), 0);
            var taps = Math.Min((int)(centre + radius + 0.5), axis.InSize) - start;
            var sum = 0.0;
            for (var t = 0; t < taps; t++)
            {
                weights[t] = weight((t + start - centre + 0.5) * (1.0 / filterScale));
                sum += weights[t];
            }

            coefficients.Starts[i] = start;
            coefficients.Counts[i] = taps;
            for (var t = 0; t < taps; t++)
            {
                var scaled = (sum == 0 ? weights[t] : weights[t] / sum) * (1 << PrecisionBits);
                coefficients.Weights[(i * coefficients.Taps) + t] = (int)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
            }
        }

        return coefficients;
    }

    private static (double Support, Func<double, double> Weight) Filter(Resample filter) =>
        filter switch
        {
            Resample.Bilinear => (1.0, static x => Math.Max(0.0, 1.0 - Math.Abs(x))),
            Resample.Bicubic => (2.0, Bicubic),
            Resample.Lanczos => (3.0, static x => x is >= -3.0 and < 3.0 ? Sinc(x) * Sinc(x / 3) : 0.0),
            Resample.Box => (0.5, static x => x is > -0.5 and <= 0.5 ? 1.0 : 0.0),
            Resample.Hamming => (1.0, Hamming),
            _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "This filter has no weights."),
        };

    private static double Bicubic(double x)
    {
        const double a = -0.5;
        x = Math.Abs(x);
        return x < 1.0 ? ((((a + 2.0) * x) - (a + 3.0)) * x * x) + 1
            : x < 2.0 ? ((((x - 5) * x) + 8) * x - 4) * a
            : 0.0;
    }

    private static double Hamming(double x)
    {
        x = Math.Abs(x);
        return x == 0.0 ? 1.0
            : x >= 1.0 ? 0.0
            : Math.Sin(x * Math.PI) / (x * Math.PI) * (0.54 + (0.46 * Math.Cos(x * Math.PI)));
    }

    private static double Sinc(double x) => x == 0.0 ? 1.0 : Math.Sin(x * Math.PI) / (x * Math.PI);
}
