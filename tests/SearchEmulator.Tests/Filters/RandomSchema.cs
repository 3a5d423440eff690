using System.Text.Json.Nodes;
using CsCheck;
using SearchEmulator.Definitions;

namespace SearchEmulator.Tests.Filters;

/// <summary>A field of a random schema. Children make it complex.</summary>
public sealed record FieldSpec(string Name, string Kind, bool IsCollection, IReadOnlyList<FieldSpec> Children)
{
    public bool IsComplex => Children.Count > 0;

    public string Type => IsCollection ? $"Collection(Edm.{Kind})" : $"Edm.{Kind}";
}

/// <summary>Random schemas and random documents that fit them. Values come from few candidates, so that filters hit.</summary>
public static class RandomSchema
{
    public static readonly string[] Texts = ["", "a", "b", "ab", "A", "it's", "é", "x,y", "and"];
    public static readonly long[] Wholes = [int.MinValue, -2, -1, 0, 1, 2, 3, int.MaxValue];
    public static readonly long[] LongWholes = [long.MinValue, -1, 0, 1, (1L << 53) + 1, long.MaxValue];
    public static readonly double[] Reals = [-1.5, -1, 0, 0.5, 1, 2, 2.5, 1e300];
    public static readonly string[] Dates =
    [
        "2020-01-01T00:00:00Z",
        "2020-01-01T00:00:00.001Z",
        "2019-12-31T23:00:00-01:00",
        "2021-06-01T12:30:00+02:00",
    ];

    private static readonly string[] Kinds = ["String", "Int32", "Int64", "Double", "Boolean", "DateTimeOffset"];

    public static Gen<IReadOnlyList<FieldSpec>> Fields { get; } = FieldsOf(2, 2, 6);

    public static Gen<JsonObject> Document(IReadOnlyList<FieldSpec> fields) => Object(fields, id: true);

    internal static IndexDefinition Definition(IReadOnlyList<FieldSpec> fields)
    {
        var json = new JsonObject { ["name"] = "random", ["fields"] = FieldsJson(fields) };
        json["fields"]!
            .AsArray()
            .Add(
                new JsonObject
                {
                    ["name"] = "id",
                    ["type"] = "Edm.String",
                    ["key"] = true,
                }
            );
        return DefinitionReader.Read(json, null, strict: true);
    }

    private static JsonArray FieldsJson(IReadOnlyList<FieldSpec> fields) =>
        new([
            .. fields.Select(field =>
            {
                var json = new JsonObject { ["name"] = field.Name, ["type"] = field.Type };
                if (field.IsComplex)
                {
                    json["fields"] = FieldsJson(field.Children);
                }

                return (JsonNode)json;
            }),
        ]);

    private static Gen<IReadOnlyList<FieldSpec>> FieldsOf(int depth, int least, int most) =>
        Gen.Select(Pick.From(Kinds), Gen.Bool, depth > 0 ? Gen.Int[0, 3] : Gen.Const(1))
            .SelectMany(
                (kind, collection, complex) =>
                    complex == 0
                        ? FieldsOf(depth - 1, 1, 3).Select(children => new FieldSpec(string.Empty, "ComplexType", collection, children))
                        : Gen.Const(new FieldSpec(string.Empty, kind, collection, []))
            )
            .List[least, most]
            .Select(list => (IReadOnlyList<FieldSpec>)[.. list.Select((field, i) => field with { Name = $"f{i}" })]);

    private static Gen<JsonObject> Object(IReadOnlyList<FieldSpec> fields, bool id = false)
    {
        var all = fields.Aggregate(
            Gen.Const(new List<(string, JsonNode?)>()),
            (list, field) =>
                Gen.Select(list, Value(field), (values, value) => new List<(string, JsonNode?)>(values) { (field.Name, value) })
        );
        return all.Select(values =>
        {
            var json = new JsonObject();
            foreach (var (name, value) in values)
            {
                json[name] = value?.DeepClone();
            }

            if (id)
            {
                json["id"] = "key";
            }

            return json;
        });
    }

    private static Gen<JsonNode?> Value(FieldSpec field) =>
        field.IsCollection
            ? One(field).List[0, 3].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item!.DeepClone())]))
            : Gen.Frequency((1, Gen.Const((JsonNode?)null)), (5, One(field)));

    private static Gen<JsonNode?> One(FieldSpec field) =>
        field.IsComplex
            ? Object(field.Children).Select(json => (JsonNode?)json)
            : field.Kind switch
            {
                "String" => Pick.From(Texts).Select(text => (JsonNode?)JsonValue.Create(text)),
                "Int32" => Pick.From(Wholes).Select(number => (JsonNode?)JsonValue.Create(number)),
                "Int64" => Pick.From(LongWholes).Select(number => (JsonNode?)JsonValue.Create(number)),
                "Double" => Gen.Frequency(
                    (8, Pick.From(Reals).Select(number => (JsonNode?)JsonValue.Create(number))),
                    (1, Pick.From("NaN", "INF", "-INF").Select(text => (JsonNode?)JsonValue.Create(text)))
                ),
                "Boolean" => Gen.Bool.Select(flag => (JsonNode?)JsonValue.Create(flag)),
                _ => Pick.From(Dates).Select(text => (JsonNode?)JsonValue.Create(text)),
            };
}
