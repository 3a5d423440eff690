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
        Agrees(first.A.Left, first.A.Width, first.B.Left, first.B.Width, later.A.Left, later.A.Width, later.B.Left, later.B.Width)
        && Agrees(first.A.Top, first.A.Height, first.B.Top, first.B.Height, later.A.Top, later.A.Height, later.B.Top, later.B.Height);

    private static bool Agrees(
        double fromA,
        double lengthA,
        double fromB,
        double lengthB,
        double laterA,
        double laterLengthA,
        double laterB,
        double laterLengthB
    )
    {
        if (lengthA <= 0)
        {
            return false;
        }

        double InB(double place) => fromB + ((place - fromA) * lengthB / lengthA);
        return Math.Abs(InB(laterA) - laterB) <= Tolerance && Math.Abs(InB(laterA + laterLengthA) - (laterB + laterLengthB)) <= Tolerance;
    }
}
