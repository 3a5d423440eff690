using Serverless.Duplicates.PixelMatching;

namespace Serverless.Duplicates.Originals;

/// <summary>
/// Whether all frames of two files align in the same way. An object moving on a plain background matches itself anywhere: only its position
/// distinguishes two films.
/// </summary>
internal static class FramePlacement
{
    /// <summary>Registration error of identical frames, as a share of a side.</summary>
    private const double Tolerance = 0.02;

    /// <summary>Whether a later frame's scene is placed like the first one's.</summary>
    public static bool Agrees(DetailMatch first, DetailMatch later) =>
        Agrees(
            (new(first.A.Left, first.A.Width), new(first.B.Left, first.B.Width)),
            (new(later.A.Left, later.A.Width), new(later.B.Left, later.B.Width))
        )
        && Agrees(
            (new(first.A.Top, first.A.Height), new(first.B.Top, first.B.Height)),
            (new(later.A.Top, later.A.Height), new(later.B.Top, later.B.Height))
        );

    private static bool Agrees((Range A, Range B) first, (Range A, Range B) later)
    {
        if (first.A.Length <= 0)
        {
            return false;
        }

        double InB(double place) => first.B.From + ((place - first.A.From) * first.B.Length / first.A.Length);
        return Math.Abs(InB(later.A.From) - later.B.From) <= Tolerance && Math.Abs(InB(later.A.To) - later.B.To) <= Tolerance;
    }

    /// <summary>A stretch along one side of a picture.</summary>
    private readonly record struct Range(double From, double Length)
    {
        public double To => From + Length;
    }
}
