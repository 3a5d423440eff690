namespace Serverless.Images;

/// <summary>The best placement of one 128 × 128 luma picture on another, and how they agree there. All shares are in [0, 1].</summary>
/// <param name="Correlation">Normalised correlation of the overlap, in [-1, 1].</param>
/// <param name="Agreement">Share of 8 × 8 blocks whose difference, after tones are matched, is that of compression and resizing.</param>
/// <param name="Changed">Share of the blocks with texture that show something else, or the same at another place.</param>
/// <param name="Moved">Share of the blocks with texture whose content lies at another place, as between two shots of a scene.</param>
/// <param name="Added">Share of the blocks that only one of the two has something in: a mark on a smooth ground.</param>
/// <param name="Paper">Share of the points of about the most common brightness: high for documents and graphics.</param>
/// <param name="ScaleX">Width of the part of the larger picture that the smaller one shows, as a share of it; 1 for no crop.</param>
/// <param name="ScaleY">The same of the height.</param>
/// <param name="OffsetX">Where that part begins, as a share of the width.</param>
/// <param name="OffsetY">Where that part begins, as a share of the height.</param>
/// <param name="IsRetoned">Whether brightness and contrast differ by so much that colours may be cut off.</param>
/// <param name="IsMarked">Whether all that differs lies in one place, as a mark does.</param>
public sealed record Alignment(
    double Correlation,
    double Agreement,
    double Changed,
    double Moved,
    double Added,
    double Paper,
    double ScaleX,
    double ScaleY,
    double OffsetX,
    double OffsetY,
    bool IsRetoned = false,
    bool IsMarked = false
);
