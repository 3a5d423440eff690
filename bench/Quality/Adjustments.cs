using Local.Calibration;
using NetVips;

namespace Bench.Quality;

/// <summary>What photographs get beside brightness and contrast; calibration does not make these.</summary>
internal static class Adjustments
{
    public static IEnumerable<CopyTransform> And(IEnumerable<CopyTransform> others) => [.. others, .. All];

    private static readonly CopyTransform[] All =
    [
        new("JPEG quality 95", "adjustments", (image, _) => image.JpegsaveBuffer(q: 95)),
        New("gamma .75", image => image.Gamma(exponent: 1 / 0.75)),
        New("gamma 1.35", image => image.Gamma(exponent: 1 / 1.35)),
        New("greyscale", Grey),
        New("sepia", Sepia),
        New("more saturation", image => Saturated(image, 1.4)),
        New("less saturation", image => Saturated(image, 0.6)),
        New("warmer white", image => Mixed(image, [1.08, 0, 0, 0, 1, 0, 0, 0, 0.9])),
        New("cooler white", image => Mixed(image, [0.92, 0, 0, 0, 1, 0, 0, 0, 1.07])),
    ];

    public static Image Grey(Image image) => Saturated(image, 0);

    public static Image Sepia(Image image) => Mixed(image, [0.393, 0.769, 0.189, 0.349, 0.686, 0.168, 0.272, 0.534, 0.131]);

    public static Image Saturated(Image image, double factor) => Mixed(image, Saturation(factor));

    private static CopyTransform New(string name, Func<Image, Image> apply) =>
        new(
            name,
            "adjustments",
            (image, _) =>
            {
                using var adjusted = apply(image);
                return adjusted.JpegsaveBuffer(q: 85);
            }
        );

    private static double[] Saturation(double factor)
    {
        double[] luma = [0.299, 0.587, 0.114];
        return [.. Enumerable.Range(0, 9).Select(at => (luma[at % 3] * (1 - factor)) + (at / 3 == at % 3 ? factor : 0))];
    }

    private static Image Mixed(Image image, double[] shares)
    {
        double[][] rows = [shares[..3], shares[3..6], shares[6..]];
        using var matrix = Image.NewFromArray(rows);
        return image.Recomb(matrix).Cast(Enums.BandFormat.Uchar);
    }
}
