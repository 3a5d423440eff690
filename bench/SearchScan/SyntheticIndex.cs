using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using SearchEmulator.Definitions;
using SearchEmulator.Documents;
using SearchEmulator.Storage;
using SearchEmulator.Values;

namespace SearchScan;

/// <summary>An index like the product's, filled with random vectors and plausible metadata.</summary>
internal static class SyntheticIndex
{
    private const int Batch = 1000;

    public static JsonObject Definition(int dimensions) =>
        JsonNode
            .Parse(
                $$$"""
                {"name":"images","fields":[
                  {"name":"id","type":"Edm.String","key":true,"searchable":false},
                  {"name":"path","type":"Edm.String","searchable":false},
                  {"name":"format","type":"Edm.String","searchable":false},
                  {"name":"width","type":"Edm.Int32"},
                  {"name":"tags","type":"Collection(Edm.String)","searchable":false},
                  {"name":"vector","type":"Collection(Edm.Single)","dimensions":{{{dimensions}}},"vectorSearchProfile":"p"}],
                 "vectorSearch":{"profiles":[{"name":"p","algorithm":"a"}],"algorithms":[{"name":"a","kind":"hnsw"}]}}
                """
            )!
            .AsObject();

    public static DocumentTable Build(int documents, int dimensions)
    {
        var clock = Stopwatch.StartNew();
        var random = new Random(1);
        var table = new DocumentTable(DefinitionReader.Read(Definition(dimensions), null, strict: true));
        for (var first = 0; first < documents; first += Batch)
        {
            var changes = Enumerable
                .Range(first, Math.Min(Batch, documents - first))
                .Select(i => new DocumentChange(Id(i), Values(i, RandomVector(random, dimensions))))
                .ToList();
            table.Apply(changes, DateTimeOffset.MinValue);
            table.Publish(DateTimeOffset.MinValue);
        }

        Console.WriteLine($"built in {clock.Elapsed.TotalSeconds:F1} s, working set {Environment.WorkingSet / 1e9:F2} GB");
        return table;
    }

    public static string Id(int i) => i.ToString("D8", CultureInfo.InvariantCulture);

    public static float[] RandomVector(Random random, int dimensions)
    {
        var vector = new float[dimensions];
        for (var i = 0; i < dimensions; i++)
        {
            vector[i] = (float)(random.NextDouble() - 0.5);
        }

        return vector;
    }

    private static object?[] Values(int i, float[] vector) =>
        [
            Id(i),
            string.Create(CultureInfo.InvariantCulture, $"images/{(char)('a' + (i % 26))}/{i}.jpg"),
            i % 2 == 0 ? "jpeg" : "png",
            (long)(i % 4000),
            new ValueList(i % 100 == 0 ? ["cat", "rare"] : ["cat"]),
            vector,
        ];
}
