using System.Text.Json.Nodes;
using SearchEmulator.Analysis;

namespace SearchEmulator.Definitions;

/// <summary>A checked definition: the typed fields to work with, and the full JSON to answer with.</summary>
internal sealed record IndexDefinition(string Name, IReadOnlyList<Field> Fields, JsonObject Json)
{
    public Field Key { get; } = Fields.Single(field => field.Key);

    public IReadOnlyList<Field> VectorFields { get; } = [.. Fields.Where(field => field.Type.IsVector)];

    public double Bm25K1 { get; init; } = 1.2;

    public double Bm25B { get; init; } = 0.75;

    public AnalyzerSet Analyzers { get; init; } = AnalyzerSet.OfService;

    public Field? Find(string name) => Field.Find(Fields, name);

    /// <summary>Follows a path such as `Address/City`.</summary>
    public Field? FindPath(string path)
    {
        var fields = Fields;
        Field? found = null;
        foreach (var name in path.Split('/'))
        {
            found = Field.Find(fields, name);
            if (found is null)
            {
                return null;
            }

            fields = found.Fields;
        }

        return found;
    }

    /// <summary>Fields and sub-fields that hold values, depth first.</summary>
    public IEnumerable<Field> Leaves() => Leaves(Fields);

    private static IEnumerable<Field> Leaves(IReadOnlyList<Field> fields) =>
        fields.SelectMany(field => field.Type.IsComplex ? Leaves(field.Fields) : [field]);
}
