using Serverless.Features;
using Serverless.Images;

namespace Serverless.Api;

/// <summary>Colours and composition, as the API shows them. Numbers are from 0 to 100 where nothing else is said.</summary>
/// <param name="Colors">Up to five, the largest share first.</param>
/// <param name="Foreground">Name of the colour of the subject.</param>
/// <param name="Background">Name of the colour around the edge.</param>
/// <param name="Brightness">Dark to light.</param>
/// <param name="Chroma">Strength of the colours.</param>
/// <param name="Bw">Black and white.</param>
/// <param name="Transparent">Some of it can be seen through.</param>
/// <param name="Orientation">landscape, portrait, square or panorama.</param>
/// <param name="Aspect">Width by height.</param>
/// <param name="Megapixels">Millions of pixels.</param>
/// <param name="Isolated">One thing on a ground of one colour.</param>
/// <param name="CopySpace">Thirds with room for words.</param>
/// <param name="Subject">What stands out; null where nothing does.</param>
/// <param name="Symmetry">Agreement with the mirror image.</param>
/// <param name="Sharpness">Soft to sharp.</param>
/// <param name="Noise">Grain.</param>
/// <param name="Texture">Standard deviation of the luma, 0 to 127.</param>
internal sealed record FeaturesView(
    IReadOnlyList<ColorView> Colors,
    string Foreground,
    string Background,
    int Brightness,
    int Chroma,
    bool Bw,
    bool Transparent,
    string Orientation,
    double Aspect,
    double Megapixels,
    bool Isolated,
    IReadOnlyList<string> CopySpace,
    SubjectView? Subject,
    int Symmetry,
    int Sharpness,
    int Noise,
    int Texture
)
{
    public static FeaturesView? Of(ImageRecord record) =>
        record.Visual is not { } visual
            ? null
            : new FeaturesView(
                [.. visual.Palette.Select(colour => new ColorView(Names.Of(colour.Name), colour.Hex, Math.Round(colour.Share, 2)))],
                Names.Of(visual.Foreground),
                Names.Of(visual.Background),
                visual.Brightness,
                visual.Chroma,
                visual.IsBlackAndWhite,
                visual.IsTransparent,
                Names.Of(Shape.OrientationOf(record.Width, record.Height)),
                Shape.AspectOf(record.Width, record.Height),
                Shape.MegapixelsOf(record.Width, record.Height),
                visual.IsIsolated,
                Names.OfAll(visual.CopySpace),
                visual.Subject is { } subject ? SubjectView.Of(subject) : null,
                visual.Symmetry,
                visual.Sharpness,
                visual.Noise,
                (int)(record.Fingerprint?.Texture ?? 0)
            );
}

/// <param name="Name">As filters name it.</param>
/// <param name="Hex">Such as <c>#3366cc</c>.</param>
/// <param name="Share">Share of the picture, 0 to 1.</param>
internal sealed record ColorView(string Name, string Hex, double Share);

/// <summary>A box, as shares of the sides of the picture.</summary>
/// <param name="Left">Its left edge.</param>
/// <param name="Top">Its upper edge.</param>
/// <param name="Right">Its right edge.</param>
/// <param name="Bottom">Its lower edge.</param>
/// <param name="Place">The side where its middle is, two for a corner, or center.</param>
/// <param name="Framing">closeUp, medium or wide.</param>
/// <param name="Certainty">How much it stands out, 0 to 1.</param>
internal sealed record SubjectView(
    double Left,
    double Top,
    double Right,
    double Bottom,
    IReadOnlyList<string> Place,
    string Framing,
    double Certainty
)
{
    public static SubjectView Of(Subject subject) =>
        new(
            Math.Round(subject.Left, 3),
            Math.Round(subject.Top, 3),
            Math.Round(subject.Right, 3),
            Math.Round(subject.Bottom, 3),
            Names.OfAll(subject.Place),
            Names.Of(subject.Framing),
            Math.Round(subject.Certainty, 2)
        );
}
