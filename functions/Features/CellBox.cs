namespace Serverless.Features;

/// <summary>A rectangle of cells; right and bottom are the first that it does not have.</summary>
internal readonly record struct CellBox(int Left, int Top, int Right, int Bottom)
{
    /// <param name="cells">At least one, row by row.</param>
    public static CellBox Of(IReadOnlyList<int> cells) =>
        new(
            cells.Min(cell => cell % CellGrid.Side),
            cells.Min(cell => cell / CellGrid.Side),
            cells.Max(cell => cell % CellGrid.Side) + 1,
            cells.Max(cell => cell / CellGrid.Side) + 1
        );

    public bool Holds(int x, int y) => x >= Left && x < Right && y >= Top && y < Bottom;

    public CellBox Grown(int cells) =>
        new(
            Math.Max(0, Left - cells),
            Math.Max(0, Top - cells),
            Math.Min(CellGrid.Side, Right + cells),
            Math.Min(CellGrid.Side, Bottom + cells)
        );
}
