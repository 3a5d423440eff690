namespace Serverless.Duplicates.PixelMatching;

/// <summary>The curves of red, green and blue as tables of a sixteenth of a level, to adjust the colours of cells.</summary>
internal sealed class ChannelTables(ColourAdjustment.Channels channels)
{
    private const int Steps = 16;
    private const int Neutral = PictureDetail.Neutral;

    private readonly float[] red = Made(channels.Curve, channels.Red);
    private readonly float[] green = Made(channels.Curve, channels.Green);
    private readonly float[] blue = Made(channels.Curve, channels.Blue);

    public void Apply(ScenePicture picture, Plane toBlue, Plane toRed)
    {
        var (lumas, blues, reds) = (picture.Cells.Values, picture.Blue.Values, picture.Red.Values);
        for (var at = 0; at < blues.Length; at++)
        {
            var (y, cb, cr) = (lumas[at] * Steps, blues[at] - Neutral, reds[at] - Neutral);

            // 1.402, .344, .714 and 1.772 sixteenths of a level, in 1,024ths.
            var (r, g, b) = (
                red[Place(y + ((22970 * cr) >> 10))],
                green[Place(y - (((5636 * cb) + (11698 * cr)) >> 10))],
                blue[Place(y + ((29032 * cb) >> 10))]
            );
            var level = (0.299f * r) + (0.587f * g) + (0.114f * b);
            toBlue.Values[at] = Byte(0.564f * (b - level));
            toRed.Values[at] = Byte(0.713f * (r - level));
        }
    }

    private static int Place(int sixteenths) => Math.Clamp(sixteenths, 0, 255 * Steps);

    private static byte Byte(float difference) => (byte)Math.Clamp((int)(difference + (Neutral + 0.5f)), 0, 255);

    private static float[] Made(ToneCubic curve, double gain) =>
        [.. Enumerable.Range(0, (255 * Steps) + 1).Select(at => (float)Math.Clamp(gain * curve.At(at / (double)Steps), 0, 255))];
}
