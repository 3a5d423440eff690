using System.Diagnostics;
using System.Text;
using System.Text.Json;
using SearchEmulator.Definitions;
using SearchEmulator.Documents;
using SearchEmulator.Indexes;

namespace SearchScan;

/// <summary>Batches of 1,000 documents through all that the server does with them: parse, check, write, flush to disk, index.</summary>
internal static class IngestBenchmark
{
    private const int Batches = 10;
    private const int BatchSize = 1000;
    private static readonly string[] Tags = ["cat"];

    public static async Task RunAsync(int dimensions)
    {
        var folder = Directory.CreateTempSubdirectory("search-scan-").FullName;
        try
        {
            using var catalog = new IndexCatalog(folder, TimeProvider.System, TimeSpan.Zero);
            var index = catalog.Create(DefinitionReader.Read(SyntheticIndex.Definition(dimensions), null, strict: true));
            var bodies = Enumerable.Range(0, Batches).Select(batch => Body(batch, dimensions)).ToList();
            var times = new List<double>();
            foreach (var body in bodies)
            {
                var start = Stopwatch.GetTimestamp();
                using var json = JsonDocument.Parse(body);
                var actions = json
                    .RootElement.GetProperty("value")
                    .EnumerateArray()
                    .Select((action, i) => DocumentAction.Read(action, i, index.Definition, false))
                    .ToList();
                index.Write(table => BatchExecutor.Decide(table, actions));
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            var median = times.Order().ElementAt(times.Count / 2);
            Console.WriteLine(
                $"ingest of {BatchSize:N0} documents ({bodies[0].Length / 1e6:F1} MB of JSON): median {median:F0} ms, "
                    + $"{BatchSize * 1000 / median:N0} documents/s, flushed to disk"
            );
        }
        finally
        {
            await Task.Run(() => Directory.Delete(folder, recursive: true));
        }
    }

    private static byte[] Body(int batch, int dimensions)
    {
        var random = new Random(batch);
        var documents = Enumerable
            .Range(batch * BatchSize, BatchSize)
            .Select(i => new Dictionary<string, object>
            {
                ["@search.action"] = "upload",
                ["id"] = SyntheticIndex.Id(i),
                ["path"] = $"images/{i}.jpg",
                ["tags"] = Tags,
                ["vector"] = SyntheticIndex.RandomVector(random, dimensions),
            });
        return Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { value = documents }));
    }
}
