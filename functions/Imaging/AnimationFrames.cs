using NetVips;

namespace Serverless.Imaging;

/// <summary>The composed frames of an animation, as a viewer shows them on top of earlier frames.</summary>
internal static class AnimationFrames
{
    public static IEnumerable<Pixels> Of(PicturePart animation, int frames, CancellationToken cancellation) =>
        animation.Format switch
        {
            ImageFormat.Png => AnimatedPng.Frames(animation, cancellation),
            ImageFormat.Heic => MagickDecoder
                .Frames(animation.Bytes, frames, cancellation)
                .Select(frame => Shown(frame.Rgba, frame.Width, frame.Height, cancellation)),
            _ => OfLibvips(animation, frames, cancellation),
        };

    /// <summary>A frame of four bytes a pixel, over its background.</summary>
    public static Pixels Shown(byte[] rgba, int width, int height, CancellationToken cancellation)
    {
        using var frame = PictureOpener.FromRgba(rgba, width, height);
        return Shown(frame, cancellation);
    }

    private static Pixels Shown(Image frame, CancellationToken cancellation)
    {
        using var rgb = RgbConversion.ToRgb(frame, cancellation);
        return new Pixels(rgb.WriteToMemory<byte>(), rgb.Width, rgb.Height, new Extent(0, 0, rgb.Width, rgb.Height), rgb.Width, rgb.Height);
    }

    private static IEnumerable<Pixels> OfLibvips(PicturePart animation, int frames, CancellationToken cancellation)
    {
        using var all = PictureOpener.OpenFrames(animation);
        all.StopWhen(cancellation);
        var (width, height) = (animation.Width, animation.Height);
        using var region = Region.New(all);
        for (var frame = 0; frame < frames; frame++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var raw = Image.NewFromMemory(
                region.Fetch(0, frame * height, width, height),
                width,
                height,
                all.Bands,
                Enums.BandFormat.Uchar
            );
            using var colour = raw.Copy(interpretation: all.Interpretation);
            yield return Shown(colour, cancellation);
        }
    }
}
