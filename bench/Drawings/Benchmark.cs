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

    public IReadOnlyList<IReadOnlyList<Content>> Contents => contents;

    public IReadOnlyList<Column> Columns => model is null ? [wholeLines, tilesLines] : [wholeModel, wholeLines, tilesModel, tilesLines];

    public Column Best => tilesLines;

    public void Index()
    {
        var sheets = Enumerable
            .Range(0, options.Sheets)
            .AsParallel()
            .AsOrdered()
            .WithDegreeOfParallelism(options.Threads)
            .WithMergeOptions(ParallelMergeOptions.NotBuffered)
            .Select(number => SheetSource.Of(options.Seed, number))
            .Select(sheet => (sheet.Contents, Index: SheetIndex.Of(sheet.Pixels, model)));
        foreach (var (known, index) in sheets)
        {
            contents.Add(known);
            wholeLines.Add([(index.Whole, Region.Whole)]);
            tilesLines.Add(index.Lines.Zip(index.Boxes));
            if (model is not null)
            {
                wholeModel.Add([(index.WholeModel!, Region.Whole)]);
                tilesModel.Add(index.TilesModel!.Zip(index.Boxes));
            }

            if (contents.Count % 100 == 0)
            {
                Console.Error.WriteLine($"{contents.Count} sheets");
            }
        }
    }

    /// <summary>The results of every drawer's sketches, for each column.</summary>
    public IReadOnlyList<(Column Column, Score Upright, Score Turned)> Search()
    {
        var scores = Columns.Select(column => (Column: column, Upright: new Score(), Turned: new Score())).ToList();
        var sketches =
            from symbol in Enum.GetValues<Symbol>()
            from drawer in Drawer.Report
            from number in Enumerable.Range(0, options.Sketches)
            select (Symbol: symbol, Sketch: drawer.Draw(symbol, options.Seed + number));
        foreach (var (symbol, sketch) in sketches)
        {
            foreach (var (column, upright, turned) in scores)
            {
                upright.Add(symbol, column.Search(Query(column, sketch, false)), contents);
                turned.Add(symbol, column.Search(Query(column, sketch, true)), contents);
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
}
