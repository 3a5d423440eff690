namespace Serverless.Duplicates.PixelMatching;

/// <summary>A window of a shared scene that differs by more than re-encoding leaves.</summary>
/// <param name="Left">In cells.</param>
/// <param name="Top">In cells.</param>
/// <param name="Side">In cells.</param>
/// <param name="Error">Root mean square of the difference, in levels.</param>
/// <param name="Ratio">That to what like places of the pair leave.</param>
/// <param name="Correlation">Of the two, in [-1, 1].</param>
/// <param name="Kind">Which test found it.</param>
internal readonly record struct ChangedWindow(int Left, int Top, int Side, double Error, double Ratio, double Correlation, ChangeKind Kind);

internal enum ChangeKind
{
    /// <summary>Brightness at full detail.</summary>
    Detail,

    /// <summary>Brightness over an area.</summary>
    Area,

    /// <summary>Colour over an area.</summary>
    Colour,
}
