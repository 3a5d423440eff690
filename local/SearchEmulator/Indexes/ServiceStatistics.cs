using System.Text.Json;

namespace SearchEmulator.Indexes;

internal static class ServiceStatistics
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<SearchIndex> indexes)
    {
        var statistics = indexes.Select(IndexStatistics.Of).ToList();
        json.WriteStartObject("counters");
        WriteCounter(json, "documentCount", statistics.Sum(each => each.Documents));
        WriteCounter(json, "indexesCount", indexes.Count);
        WriteCounter(json, "indexersCount", 0);
        WriteCounter(json, "dataSourcesCount", 0);
        WriteCounter(json, "storageSize", statistics.Sum(each => each.StorageBytes));
        WriteCounter(json, "synonymMaps", 0);
        WriteCounter(json, "skillsetCount", 0);
        WriteCounter(json, "aliasesCount", 0);
        WriteCounter(json, "vectorIndexSize", statistics.Sum(each => each.VectorBytes));
        json.WriteEndObject();
        json.WriteStartObject("limits");
        json.WriteNumber("maxFieldsPerIndex", 3000);
        json.WriteNumber("maxFieldNestingDepthPerIndex", 10);
        json.WriteNumber("maxComplexCollectionFieldsPerIndex", 40);
        json.WriteNumber("maxComplexObjectsInCollectionsPerDocument", 3000);
        json.WriteEndObject();
    }

    private static void WriteCounter(Utf8JsonWriter json, string name, long usage)
    {
        json.WriteStartObject(name);
        json.WriteNumber("usage", usage);
        json.WriteNull("quota");
        json.WriteEndObject();
    }
}
