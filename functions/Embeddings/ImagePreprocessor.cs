using Serverless.Imaging;

namespace Serverless.Embeddings;

/// <summary>Converts pixels to a model's input: resized, cropped, normalised planes of red, green and blue (3 × H × W).</summary>
internal sealed class ImagePreprocessor
{
    private readonly PreprocessorConfig config;
    private readonly float[] table;
    private readonly bool exact;

    public ImagePreprocessor(PreprocessorConfig config, int inputWidth, int inputHeight, bool exact)
    {
        this.config = config;
        this.exact = exact;
        Width = inputWidth;
        Height = inputHeight;
        table = Table(config);
    }

    public int Width { get; }

    public int Height { get; }

    public int Length => 3 * Width * Height;

    /// <summary>The shorter side that decoding must preserve.</summary>
    public int ShortSide => exact || config.ShortSide > ImageDecoding.All / 2 ? ImageDecoding.All : 2 * config.ShortSide;

    public void Fill(CheckedImage image, Span<float> target) => Fill(image.Pixels(ShortSide), target);

    public void Fill(Pixels pixels, Span<float> target)
    {
        var (outWidth, outHeight) = Resized(pixels.SourceWidth, pixels.SourceHeight);
        // Also rounds down below zero: a picture smaller than the crop is padded with black.
        var left = (outWidth - Width) >> 1;
        var top = (outHeight - Height) >> 1;
        var (firstX, firstY) = ((int)Math.Max(0, -left), (int)Math.Max(0, -top));
        var window = new ResizeWindow(
            outWidth,
            outHeight,
            Math.Max(0, left),
            Math.Max(0, top),
            (int)Math.Min(Width, outWidth),
            (int)Math.Min(Height, outHeight)
        );
        Write(PillowResize.Resize(pixels, window, config.Resample), window, firstX, firstY, target);
    }

    private void Write(byte[] rgb, ResizeWindow window, int firstX, int firstY, Span<float> target)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            var plane = target.Slice(channel * Width * Height, Width * Height);
            var values = table.AsSpan(channel * 256, 256);
            if (window.Width < Width || window.Height < Height)
            {
                plane.Fill(values[0]);
            }

            for (var y = 0; y < window.Height; y++)
            {
                var row = plane.Slice(((firstY + y) * Width) + firstX, window.Width);
                var source = rgb.AsSpan(y * window.Width * 3, window.Width * 3);
                for (var x = 0; x < row.Length; x++)
                {
                    row[x] = values[source[(3 * x) + channel]];
                }
            }
        }
    }

    private (long Width, long Height) Resized(int width, int height)
    {
        if (config.Resize is null)
        {
            return (width, height);
        }

        if (config.Resize.ShortestEdge is not { } edge)
        {
            return (config.Resize.Width, config.Resize.Height);
        }

        // The reference computes size * long / short in floating point and cuts off.
        return width <= height ? (edge, (long)((double)edge * height / width)) : ((long)((double)edge * width / height), edge);
    }

    private static float[] Table(PreprocessorConfig config)
    {
        var table = new float[3 * 256];
        for (var channel = 0; channel < 3; channel++)
        {
            for (var value = 0; value < 256; value++)
            {
                var scaled = (float)(value * config.Rescale);
                table[(channel * 256) + value] = config.Mean is null
                    ? scaled
                    : (scaled - config.Mean[channel]) / config.Deviation![channel];
            }
        }

        return table;
    }
}
