using System.Globalization;
using Serverless.Imaging;

namespace Serverless.Api;

/// <summary>A rectangle of a picture, as shares of its upright width and height from the upper left.</summary>
internal readonly record struct ImageRegion(double X, double Y, double Width, double Height)
{
    /// <summary>The least share of a side: less shows nothing.</summary>
    private const double Least = 0.02;

    /// <summary>Four numbers may not add up exactly.</summary>
    private const double Rounding = 1e-6;

    public ContentBox Box => new(X, Y, Math.Min(1, X + Width), Math.Min(1, Y + Height));

    /// <summary>Null for null or empty text.</summary>
    /// <exception cref="ProblemException">It is not a region.</exception>
    public static ImageRegion? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var numbers =
            text.Length > 128
                ? []
                : text.Split(',')
                    .Select(part =>
                        double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN
                    )
                    .ToArray();
        return
            numbers is [var x, var y, var width, var height]
            && x >= 0
            && y >= 0
            && width >= Least
            && height >= Least
            && x + width <= 1 + Rounding
            && y + height <= 1 + Rounding
            ? new ImageRegion(x, y, width, height)
            : throw ProblemException.Invalid(
                $"'region' is '{QueryValue.Shorten(text)}': it must be x,y,width,height as shares of the picture's sides, such as "
                    + "0.25,0.1,0.5,0.5. It may not extend beyond the picture, and each side has at least "
                    + $"{Least.ToString(CultureInfo.InvariantCulture)}."
            );
    }
}
