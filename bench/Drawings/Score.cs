using Bench.Drawings.Sheets;
using Serverless.Drawings;

namespace Bench.Drawings;

/// <summary>How good the results of many sketches are.</summary>
internal sealed class Score
{
    private const int Top = 10;

    private readonly List<(Symbol Symbol, double Recall, double First, double Reciprocal)> queries = [];
    private int boxes;
    private int hits;

    /// <summary>Sheets with the symbol among the first ten, of ten, or of all that have it if those are fewer.</summary>
    public double Recall => queries.Average(query => query.Recall);

    public double First => queries.Average(query => query.First);

    public double Reciprocal => queries.Average(query => query.Reciprocal);

    /// <summary>Of the right sheets among the first ten, those with a box that shows the symbol (<see cref="Hits"/>).</summary>
    public double BoxHits => boxes == 0 ? 0 : (double)hits / boxes;

    public double RecallOf(Symbol symbol) => queries.Where(query => query.Symbol == symbol).Average(query => query.Recall);

    public void Add(
        Symbol symbol,
        IReadOnlyList<(int Sheet, Region Box, float Score)> results,
        IReadOnlyList<IReadOnlyList<Content>> contents
    )
    {
        bool Has(int sheet) => contents[sheet].Any(content => content.Symbol == symbol);
        var relevant = Enumerable.Range(0, contents.Count).Count(Has);
        if (relevant == 0)
        {
            return;
        }

        var right = results.Take(Top).Where(result => Has(result.Sheet)).ToList();
        var first = results.TakeWhile(result => !Has(result.Sheet)).Count();
        queries.Add((symbol, right.Count / (double)Math.Min(Top, relevant), first == 0 ? 1 : 0, 1.0 / (first + 1)));
        boxes += right.Count;
        hits += right.Count(result => contents[result.Sheet].Any(content => content.Symbol == symbol && Hits(result.Box, content.Box)));
    }

    /// <summary>The box has at least half of the symbol and is at most eight times as large.</summary>
    public static bool Hits(Region found, Region there) => there.Shared(found) >= there.Area / 2 && found.Area <= 8 * there.Area;
}
