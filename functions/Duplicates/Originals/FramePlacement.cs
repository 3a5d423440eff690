using Serverless.Duplicates.PixelMatching;

namespace Serverless.Duplicates.Originals;

/// <summary>
/// Whether the frames of two files lie on each other in one way. What moves before a plain ground can be laid on itself wherever
/// it is: only its place tells two films apart.
/// </summary>
internal static class FramePlacement
{
    /// <summary>Share of a side by which registration of the same two frames may err.</summary>
    private const double Tolerance = 0.02;

    /// <summary>True where the scene of a later frame lies as that of the first one does.</summary>
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
