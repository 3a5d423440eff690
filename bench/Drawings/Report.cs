using Bench.Drawings.Sketches;

namespace Bench.Drawings;

/// <summary>Tables as docs/drawings.md has them.</summary>
internal static class Report
{
    public static void Print(Benchmark benchmark, IReadOnlyList<(Column Column, Score Upright, Score Turned)> scores, Options options)
    {
        var symbols = Enum.GetValues<Symbol>();
        var shares = symbols.ToDictionary(
            symbol => symbol,
            symbol => benchmark.Contents.Count(sheet => sheet.Any(content => content.Symbol == symbol)) / (double)options.Sheets
        );
        var sketches = symbols.Length * Drawer.Report.Length * options.Sketches;
        Console.WriteLine($"{options.Sheets} sheets (seed {options.Seed}), {sketches} sketches by {Drawer.Report.Length} drawers.");
        Console.WriteLine($"By chance R@10 is {shares.Values.Average():0.00}.");
        Console.WriteLine();
        Row("search", "R@10", "R@1", "MRR", "R@10, no turns", "box hits");
        Row([.. Enumerable.Repeat("---", 6)]);
        foreach (var (column, upright, turned) in scores)
        {
            Row(
                column.Name,
                Share(turned.Recall),
                Share(turned.First),
                Share(turned.Reciprocal),
                Share(upright.Recall),
                Share(turned.BoxHits)
            );
        }

        Console.WriteLine();
        Row(["R@10 of", "sheets with it", .. scores.Select(score => score.Column.Name)]);
        Row([.. Enumerable.Repeat("---", scores.Count + 2)]);
        foreach (var symbol in symbols.Where(symbol => shares[symbol] > 0))
        {
            Row([$"{symbol}", Share(shares[symbol]), .. scores.Select(score => Share(score.Turned.RecallOf(symbol)))]);
        }

        Console.WriteLine();
        Console.WriteLine($"{(double)benchmark.Best.Vectors / options.Sheets:0.0} tiles a sheet");
        foreach (var column in benchmark.Columns)
        {
            var bytes = column.Vectors * 4.0 * column.Dimensions / options.Sheets;
            Console.WriteLine($"{column.Name}: {bytes * 10_000 / 1e6:0} MB of vectors for 10,000 sheets");
        }
    }

    public static void Print(Cost cost)
    {
        Console.WriteLine($"Processor time of a sheet of {cost.Megapixels:0.0} megapixels, in ms:");
        Console.WriteLine($"lines {cost.Lines:0} ({cost.Lines / cost.Megapixels:0} a megapixel), parts and windows {cost.Parts:0}");
        Console.WriteLine(
            $"line vectors {cost.Vectors:0}, the model's vectors of the tiles {cost.Model:0}, is it a line drawing {cost.Detection:0}"
        );
    }

    private static string Share(double share) => $"{share:.00}";

    private static void Row(params string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");
}
