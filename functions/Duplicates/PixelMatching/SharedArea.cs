namespace Serverless.Duplicates.PixelMatching;

/// <summary>The part of a picture that shows what the other shows too, as shares of its width and height, in [0, 1].</summary>
public readonly record struct SharedArea(double Left, double Top, double Width, double Height)
{
    public static SharedArea Whole { get; } = new(0, 0, 1, 1);
}
