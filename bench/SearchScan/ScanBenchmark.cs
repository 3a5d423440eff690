using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using SearchEmulator.Documents;
using SearchEmulator.Filters;
using SearchEmulator.Queries;
using SearchEmulator.Vectors;

namespace SearchScan;

/// <summary>Searches against the time it takes to read the same memory once with the same number of threads, in the same run.</summary>
internal static class ScanBenchmark
{
    private const int FewRounds = 15;
    private const int ManyRounds = 60;
    private static readonly string?[] Filters =
    [
        null,
        "width ge 0",
        "format eq 'jpeg'",
        "path ge 'images/a' and path lt 'images/b'",
        "tags/any(t: t eq 'rare')",
        "format eq 'jpeg' and width lt 100 and not tags/any(t: t eq 'rare')",
        "path eq 'none'",
    ];

    public static void Run(DocumentTable table)
    {
        var column = table.Vectors["vector"];
        var query = SyntheticIndex.RandomVector(new Random(2), column.Length);
        var reads = new List<double>();
        var searches = Filters.Select(_ => new List<double>()).ToArray();

        var rounds = table.LatestCount > 200_000 ? FewRounds : ManyRounds;
        // Interleaved, so that a noisy moment falls on all of them.
        for (var round = 0; round < rounds; round++)
        {
            reads.Add(Time(() => ReadOnce(column)));
            for (var i = 0; i < Filters.Length; i++)
            {
                var filter = Filters[i];
                searches[i].Add(Time(() => Search(table, query, filter)));
            }
        }

        Console.WriteLine($"{"", -70}{"best", 9}{"median", 9}{"p95", 9}{"ratio of best", 16}{"of medians", 12}");
        Print("read the vectors once", reads, reads);
        for (var i = 0; i < Filters.Length; i++)
        {
            Print($"10 nearest, filter: {Filters[i] ?? "none"}", searches[i], reads);
        }
    }

    private static int Search(DocumentTable table, float[] query, string? filter)
    {
        var request = new SearchRequest { VectorQueries = [new VectorQuery(query, ["vector"], 10, 1, null)], Filter = filter };
        return new Matcher(table, request, Filter.Parse(filter, table.Definition)).Find().Hits.Count;
    }

    /// <summary>Touches every byte, with as little arithmetic as a read can have: four independent sums of full-width registers.</summary>
    private static float ReadOnce(VectorColumn column)
    {
        var sums = new float[Environment.ProcessorCount];
        var next = -1;
        Parallel.For(
            0,
            sums.Length,
            worker =>
            {
                var sum = 0f;
                for (var block = Interlocked.Increment(ref next); block < column.BlockCount; block = Interlocked.Increment(ref next))
                {
                    sum += Sum(column.Block(block));
                }

                sums[worker] = sum;
            }
        );
        return sums.Sum();
    }

    private static float Sum(ReadOnlySpan<float> values)
    {
        var wide = MemoryMarshal.Cast<float, Vector<float>>(values);
        var (a, b, c, d) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        for (var i = 0; i + 3 < wide.Length; i += 4)
        {
            a += wide[i];
            b += wide[i + 1];
            c += wide[i + 2];
            d += wide[i + 3];
        }

        return Vector.Sum(a + b + c + d);
    }

    private static double Time<T>(Func<T> work)
    {
        var start = Stopwatch.GetTimestamp();
        GC.KeepAlive(work());
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static void Print(string what, List<double> times, List<double> reference) =>
        Console.WriteLine(
            $"{what, -70}{times.Min(), 6:F1} ms{Median(times), 6:F1} ms{times.Order().ElementAt(times.Count * 95 / 100), 6:F1} "
                + $"ms{times.Min() / reference.Min(), 15:F2}x{Median(times) / Median(reference), 11:F2}x"
        );
}
