using Local.Calibration;
using NetVips;

namespace Bench.Quality;

/// <summary>What photographs get beside brightness and contrast; calibration does not make these.</summary>
internal static class Adjustments
{
    public static IEnumerable<CopyTransform> And(IEnumerable<CopyTransform> others) => [.. others, .. All];

    private static readonly CopyTransform[] All =
    [
        New("JPEG quality 95", image => image.JpegsaveBuffer(q: 95)),
        New("gamma .75", image => Bent(image, 1 / 0.75)),
        New("gamma 1.35", image => Bent(image, 1 / 1.35)),
        New("greyscale", image => Mixed(image, [0.299, 0.587, 0.114, 0.299, 0.587, 0.114, 0.299, 0.587, 0.114])),
        New("sepia", image => Mixed(image, [0.393, 0.769, 0.189, 0.349, 0.686, 0.168, 0.272, 0.534, 0.131])),
        New("more saturation", image => Mixed(image, Saturation(1.4))),
        New("less saturation", image => Mixed(image, Saturation(0.6))),
        New("warmer white", image => Mixed(image, [1.08, 0, 0, 0, 1, 0, 0, 0, 0.9])),
        New("cooler white", image => Mixed(image, [0.92, 0, 0, 0, 1, 0, 0, 0, 1.07])),
    ];

    private static CopyTransform New(string name, Func<Image, byte[]> apply) => new(name, "adjustments", (image, _) => apply(image));

    private static byte[] Bent(Image image, double exponent)
    {
        using var bent = image.Gamma(exponent: exponent);
        return bent.JpegsaveBuffer(q: 85);
    }

    private static double[] Saturation(double factor)
    {
        double[] luma = [0.299, 0.587, 0.114];
        return [.. Enumerable.Range(0, 9).Select(at => (luma[at % 3] * (1 - factor)) + (at / 3 == at % 3 ? factor : 0))];
    }

    private static byte[] Mixed(Image image, double[] shares)
    {
        double[][] rows = [shares[..3], shares[3..6], shares[6..]];
        using var matrix = Image.NewFromArray(rows);
        using var mixed = image.Recomb(matrix).Cast(Enums.BandFormat.Uchar);
        return mixed.JpegsaveBuffer(q: 85);
    }
}
