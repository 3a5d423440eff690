using NetVips;

namespace Serverless.Imaging;

/// <summary>The frames of an animation, one after the other, as a viewer shows them: what earlier frames left is underneath.</summary>
internal static class AnimationFrames
{
    public static IEnumerable<Pixels> Of(PicturePart animation, int frames, CancellationToken cancellation)
    {
        using var all = PictureOpener.OpenFrames(animation);
        all.StopWhen(cancellation);
        var (width, height) = (animation.Width, animation.Height);
        using var region = Region.New(all);
        for (var frame = 0; frame < frames; frame++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var raw = Image.NewFromMemory(region.Fetch(0, frame * height, width, height), width, height, all.Bands, Enums.BandFormat.Uchar);
            using var colour = raw.Copy(interpretation: all.Interpretation);
            using var rgb = RgbConversion.ToRgb(colour, cancellation);
            yield return new Pixels(rgb.WriteToMemory<byte>(), width, height, new Extent(0, 0, width, height), width, height);
        }
    }
}
