using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Serverless.Api.Description;

/// <summary>What requests look like.</summary>
internal static class DescribedExamples
{
    private const string Id = "5d41402abc4b2a76b9719d911017c592";

    /// <summary>Bodies, by operation.</summary>
    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        ["search"] =
            """{"text":"lighthouse","not":"people","top":20,"filter":{"prefix":"holiday/","uploadedAfter":"2026-01-01T00:00:00Z"}}""",
        ["compare"] = $$"""{"a":"{{Id}}","b":"7d793037a0760186574b0282f2f435e7"}""",
        ["embed"] = """{"text":"a red mug"}""",
        ["lookUpImages"] = """{"paths":["images/holiday/dune.jpg"]}""",
        ["changeImage"] = """{"tags":["cat","sofa"]}""",
        ["startBackfill"] = """{"container":"images","prefix":"holiday/","dryRun":true}""",
    };

    /// <summary>Values of parameters, by operation and name.</summary>
    private static readonly Dictionary<(string Operation, string Parameter), string> Values = new()
    {
        [("searchByText", "text")] = "golden retriever on a beach",
        [("getImageByPath", "path")] = "images/holiday/dune.jpg",
        [("uploadImage", "path")] = "holiday/dune.jpg",
        [("searchByText", "near")] = "48.86,2.29,5",
        [("searchByText", "box")] = "48,2,49,3",
    };

    public static void Apply(OpenApiDocument document)
    {
        foreach (var operation in Operations.Of(document))
        {
            var name = operation.OperationId ?? "";
            if (Bodies.TryGetValue(name, out var body) && operation.RequestBody?.Content?[RequestBodies.Json] is { } content)
            {
                content.Example = JsonNode.Parse(body);
            }

            foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
            {
                parameter.Example =
                    parameter.In == ParameterLocation.Path ? Id
                    : Values.TryGetValue((name, parameter.Name ?? ""), out var value) ? value
                    : parameter.Example;
            }
        }
    }
}
