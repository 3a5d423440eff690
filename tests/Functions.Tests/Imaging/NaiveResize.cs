using Serverless.Imaging;

namespace Functions.Tests.Imaging;

/// <summary>The textbook version: each output a weighted mean over the inputs it covers, in real numbers.</summary>
internal static class NaiveResize
{
    public static byte[] Resize(byte[] rgb, int width, int height, int outWidth, int outHeight, Resample filter)
    {
        var across = Pass(rgb, width, height, outWidth, filter, horizontal: true);
        return Pass(across, outWidth, height, outHeight, filter, horizontal: false);
    }

    private static byte[] Pass(byte[] rgb, int width, int height, int outSize, Resample filter, bool horizontal)
    {
        var inSize = horizontal ? width : height;
        var (outWidth, outHeight) = horizontal ? (outSize, height) : (width, outSize);
        var result = new byte[outWidth * outHeight * 3];
        for (var y = 0; y < outHeight; y++)
        {
            for (var x = 0; x < outWidth; x++)
            {
                for (var c = 0; c < 3; c++)
                {
                    double sum = 0,
                        total = 0;
                    for (var i = 0; i < inSize; i++)
                    {
                        var weight = Weight(filter, i, horizontal ? x : y, inSize, outSize);
                        total += weight;
                        sum += weight * rgb[((((horizontal ? y : i) * width) + (horizontal ? i : x)) * 3) + c];
                    }

                    result[(((y * outWidth) + x) * 3) + c] = (byte)Math.Clamp(Math.Floor((sum / total) + 0.5), 0, 255);
                }
            }
        }

        return result;
    }

    private static double Weight(Resample filter, int input, int output, int inSize, int outSize)
    {
        var scale = (double)inSize / outSize;
        var stretch = Math.Max(scale, 1);
        var centre = (output + 0.5) * scale;
        var support =
            filter switch
            {
                Resample.Bilinear => 1,
                Resample.Bicubic => 2,
                _ => 3,
            } * stretch;
        // Pillow takes in the inputs whose centres round into the support.
        if (input < (int)Math.Max(centre - support + 0.5, 0) || input >= (int)(centre + support + 0.5))
        {
            return 0;
        }

        var x = Math.Abs((input + 0.5 - centre) / stretch);
        return filter switch
        {
            Resample.Bilinear => Math.Max(0, 1 - x),
            Resample.Bicubic => x < 1 ? (1.5 * x * x * x) - (2.5 * x * x) + 1
            : x < 2 ? (-0.5 * x * x * x) + (2.5 * x * x) - (4 * x) + 2
            : 0,
            _ => x == 0 ? 1
            : x < 3 ? 3 * Math.Sin(Math.PI * x) * Math.Sin(Math.PI * x / 3) / (Math.PI * Math.PI * x * x)
            : 0,
        };
    }
}
