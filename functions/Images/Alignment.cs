using System.Text.Json.Serialization;

namespace Serverless.Images;

/// <summary>The best alignment of two 128 × 128 luma pictures, and how well they agree there. All shares are in [0, 1].</summary>
/// <param name="Correlation">Normalised correlation of the overlap, in [-1, 1].</param>
/// <param name="Agreement">Share of 8 × 8 blocks that, with tones matched, differ only by compression and resizing.</param>
/// <param name="Changed">Share of textured blocks with different or displaced content.</param>
/// <param name="Moved">Share of textured blocks with displaced content, as between two shots of a scene.</param>
/// <param name="Added">Share of blocks with content in only one picture: a mark on a smooth background.</param>
/// <param name="DominantToneShare">Share of pixels near the most common brightness: high for documents and graphics.</param>
/// <param name="ScaleX">Width of the larger picture's part that the smaller one shows, as a share; 1 without a crop.</param>
/// <param name="ScaleY">The same for the height.</param>
/// <param name="OffsetX">The start of that part, as a share of the width.</param>
/// <param name="OffsetY">The start of that part, as a share of the height.</param>
/// <param name="IsRetoned">Whether brightness and contrast differ enough to clip colours.</param>
/// <param name="IsMarked">Whether all differences are in one place, like a mark.</param>
public sealed record Alignment(
    double Correlation,
    double Agreement,
    double Changed,
    double Moved,
    double Added,
    [property: JsonPropertyName("paper")] double DominantToneShare,
    double ScaleX,
    double ScaleY,
    double OffsetX,
    double OffsetY,
    bool IsRetoned = false,
    bool IsMarked = false
);
