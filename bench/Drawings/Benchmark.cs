using System.Diagnostics;
using Bench.Drawings.Sheets;
using Bench.Drawings.Sketches;
using Serverless.Drawings;
using Serverless.Imaging;

namespace Bench.Drawings;

/// <summary>Draws sheets, indexes them in four ways, and searches them by sketches.</summary>
internal sealed class Benchmark(Options options, Model? model)
{
    private readonly Column wholeModel = new("whole page, model's embedding");
    private readonly Column wholeLines = new("whole page, lines");
    private readonly Column tilesModel = new("tiles, model's embedding");
    private readonly Column tilesLines = new("tiles, lines");
    private readonly List<IReadOnlyList<Content>> contents = [];
    private readonly Stopwatch lines = new();
    private readonly Stopwatch embedding = new();
    private double points;
    private int detected;

    public IReadOnlyList<IReadOnlyList<Content>> Contents => contents;

    public IReadOnlyList<Column> Columns => model is null ? [wholeLines, tilesLines] : [wholeModel, wholeLines, tilesModel, tilesLines];

    public Column Best => tilesLines;

    public double LineMilliseconds => lines.Elapsed.TotalMilliseconds / contents.Count;

    public double EmbeddingMilliseconds => embedding.Elapsed.TotalMilliseconds / contents.Count;

    public double Megapixels => points / contents.Count / 1e6;

    public double DetectedShare => (double)detected / contents.Count;

    public void Index()
    {
        for (var number = 0; number < options.Sheets; number++)
        {
            var sheet = SheetSource.Of(options.Seed, number);
            contents.Add(sheet.Contents);
            points += (double)sheet.Pixels.Width * sheet.Pixels.Height;
            detected += LineDrawing.IsLineDrawing(sheet.Pixels) ? 1 : 0;
            lines.Start();
            var strokes = LineSheet.Of(sheet.Pixels);
            var tiles = Tiling.Of(sheet.Pixels, strokes);
            var vectors = tiles.Select(LineVector.Of).ToList();
            var kept = Tiling.Distinct(vectors);
            var whole = LineVector.Of(strokes);
            lines.Stop();
            wholeLines.Add([(whole, Region.Whole)]);
            tilesLines.Add(kept.Select(tile => (vectors[tile], tiles[tile].Box)));
            Embed(sheet.Pixels, [.. kept.Select(tile => tiles[tile])]);
            if ((number + 1) % 100 == 0)
            {
                Console.Error.WriteLine($"{number + 1} sheets");
            }
        }
    }

    /// <summary>The results of every drawer's sketches, for each column.</summary>
    public IReadOnlyList<(Column Column, Score Upright, Score Turned)> Search()
    {
        var scores = Columns.Select(column => (Column: column, Upright: new Score(), Turned: new Score())).ToList();
        foreach (var symbol in Enum.GetValues<Symbol>())
        {
            foreach (
                var sketch in Drawer.Report.SelectMany(drawer =>
                    Enumerable.Range(0, options.Sketches).Select(i => drawer.Draw(symbol, options.Seed + i))
                )
            )
            {
                foreach (var (column, upright, turned) in scores)
                {
                    upright.Add(symbol, column.Search(Query(column, sketch, false)), contents);
                    turned.Add(symbol, column.Search(Query(column, sketch, true)), contents);
                }
            }
        }

        return scores;
    }

    private IReadOnlyList<float[]> Query(Column column, Pixels sketch, bool turns)
    {
        if (column == wholeLines || column == tilesLines)
        {
            return LineVector.QueryVariants(sketch, turns);
        }

        var pictures = new List<Pixels> { sketch };
        while (turns && pictures.Count < 4)
        {
            pictures.Add(QuarterTurn.Clockwise(pictures[^1]));
        }

        return model!.Of(pictures);
    }

    private void Embed(Pixels page, IReadOnlyList<Tile> tiles)
    {
        if (model is not null)
        {
            embedding.Start();
            wholeModel.Add([(model.Of([page])[0], Region.Whole)]);
            tilesModel.Add(model.Of(tiles.Select(tile => tile.Pixels)).Zip(tiles, (vector, tile) => (vector, tile.Box)));
            embedding.Stop();
        }
    }
}
