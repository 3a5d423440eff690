using Serverless.Drawings;
using Serverless.Imaging;

namespace Bench.Drawings;

/// <summary>The vectors of a sheet; those of the model only where it is given.</summary>
internal sealed record SheetIndex(
    float[] Whole,
    IReadOnlyList<float[]> Lines,
    IReadOnlyList<Region> Boxes,
    float[]? WholeModel,
    IReadOnlyList<float[]>? TilesModel
)
{
    public static SheetIndex Of(Pixels page, Model? model)
    {
        var strokes = LineSheet.Of(page);
        var tiles = Tiling.Of(page, strokes);
        var vectors = tiles.Select(LineVector.Of).ToList();
        var kept = Tiling.Distinct(vectors);
        return new SheetIndex(
            LineVector.Of(strokes),
            [.. kept.Select(tile => vectors[tile])],
            [.. kept.Select(tile => tiles[tile].Box)],
            model?.Of([page])[0],
            model?.Of(kept.Select(tile => tiles[tile].Pixels))
        );
    }
}
