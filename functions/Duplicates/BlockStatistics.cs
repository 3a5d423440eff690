namespace Serverless.Duplicates;

/// <summary>How two aligned pictures compare, block by block; all shares are in [0, 1].</summary>
/// <param name="Correlation">Over the three quarters of the blocks that agree best.</param>
/// <param name="Agreement">Share of the blocks whose difference is that of compression and resizing.</param>
/// <param name="Changed">Share of the textured blocks that show something else, or the same at another place; additions left out.</param>
/// <param name="Moved">Share of the textured blocks whose content lies at another place.</param>
/// <param name="Added">Share of the blocks in which only one of the two has texture, always the same one: a mark on a smooth
/// ground.</param>
/// <param name="DominantToneShare">Share of the points that have about the most common brightness: high for documents and graphics.</param>
/// <param name="IsRetoned">Whether brightness and contrast differ by so much that colours may be cut off.</param>
/// <param name="IsMarked">Whether all that differs lies in one place, as a mark does.</param>
internal readonly record struct BlockStatistics(
    double Correlation,
    double Agreement,
    double Changed,
    double Moved,
    double Added,
    double DominantToneShare,
    bool IsRetoned,
    bool IsMarked
);
