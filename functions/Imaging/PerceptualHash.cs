namespace Serverless.Imaging;

/// <summary>The usual DCT hash: which of the 64 lowest frequencies (without the mean brightness) exceed their median.</summary>
internal static class PerceptualHash
{
    private const int Frequencies = 8;

    public static ulong Of(byte[] luma, int side)
    {
        var cosines = new double[Frequencies * side];
        for (var k = 0; k < Frequencies; k++)
        {
            for (var x = 0; x < side; x++)
            {
                cosines[(k * side) + x] = Math.Cos(Math.PI * (k + 1) * ((2 * x) + 1) / (2.0 * side));
            }
        }

        var rows = new double[side * Frequencies];
        for (var y = 0; y < side; y++)
        {
            for (var k = 0; k < Frequencies; k++)
            {
                var sum = 0.0;
                for (var x = 0; x < side; x++)
                {
                    sum += luma[(y * side) + x] * cosines[(k * side) + x];
                }

                rows[(y * Frequencies) + k] = sum;
            }
        }

        var spectrum = new double[Frequencies * Frequencies];
        for (var v = 0; v < Frequencies; v++)
        {
            for (var k = 0; k < Frequencies; k++)
            {
                for (var y = 0; y < side; y++)
                {
                    spectrum[(v * Frequencies) + k] += rows[(y * Frequencies) + k] * cosines[(v * side) + y];
                }
            }
        }

        var sorted = (double[])spectrum.Clone();
        Array.Sort(sorted);
        var median = (sorted[31] + sorted[32]) / 2;
        var hash = 0UL;
        for (var i = 0; i < spectrum.Length; i++)
        {
            hash |= spectrum[i] > median ? 1UL << i : 0;
        }

        return hash;
    }
}
