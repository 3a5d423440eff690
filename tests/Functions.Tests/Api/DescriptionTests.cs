using System.Text.Json;

namespace Functions.Tests.Api;

/// <summary>What clients are generated from.</summary>
public sealed class DescriptionTests(DescriptionTests.Fixture described) : IClassFixture<DescriptionTests.Fixture>
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch"];

    private IEnumerable<(string Route, JsonElement Operation)> Operations =>
        from path in described.Document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        where Methods.Contains(operation.Name)
        select ($"{operation.Name} {path.Name}", operation.Value);

    [Fact]
    public void Numbers_are_numbers()
    {
        var schemas = described.Document.GetProperty("components").GetProperty("schemas").GetRawText();
        Assert.DoesNotContain("\"pattern\"", schemas, StringComparison.Ordinal);
        Assert.Equal("number", Schema("PositionView").GetProperty("properties").GetProperty("latitude").GetProperty("type").GetString());
    }

    [Fact]
    public void Every_field_and_parameter_says_what_it_is()
    {
        var silent =
            from schema in described.Document.GetProperty("components").GetProperty("schemas").EnumerateObject()
            where schema.Name != "ProblemDetails" && schema.Value.TryGetProperty("properties", out _)
            from field in schema.Value.GetProperty("properties").EnumerateObject()
            where !Says(field.Value)
            select $"{schema.Name}.{field.Name}";
        var parameters =
            from operation in Operations
            where operation.Operation.TryGetProperty("parameters", out _)
            from parameter in operation.Operation.GetProperty("parameters").EnumerateArray()
            where !Says(parameter)
            select $"{operation.Route} {parameter.GetProperty("name")}";
        Assert.Empty(silent.Concat(parameters));
    }

    [Fact]
    public void Enums_are_texts_with_names()
    {
        Assert.Equal("string", Schema("Verdict").GetProperty("type").GetString());
        Assert.Equal(
            ["new", "lookAlike", "copy", "exact"],
            Schema("Verdict").GetProperty("enum").EnumerateArray().Select(value => value.GetString())
        );
        var format = Schema("SearchResult").GetProperty("properties").GetProperty("format").GetProperty("enum");
        Assert.Contains("webp", format.EnumerateArray().Select(value => value.GetString()));
    }

    [Theory]
    [InlineData("post /api/search", "image/*"), InlineData("post /api/search", "application/octet-stream")]
    [InlineData("post /api/embed", "image/*"), InlineData("post /api/embed", "application/octet-stream")]
    [InlineData("post /api/images", "image/*"), InlineData("post /api/images", "application/octet-stream")]
    public void Pictures_are_bytes(string route, string mediaType)
    {
        var schema = Operation(route).GetProperty("requestBody").GetProperty("content").GetProperty(mediaType).GetProperty("schema");
        Assert.Equal("binary", schema.GetProperty("format").GetString());
    }

    [Fact]
    public void Files_of_forms_are_files()
    {
        var form = Operation("post /api/compare").GetProperty("requestBody").GetProperty("content").GetProperty("multipart/form-data");
        Assert.All(
            ["a", "b"],
            field =>
                Assert.Equal(
                    "binary",
                    form.GetProperty("schema").GetProperty("properties").GetProperty(field).GetProperty("format").GetString()
                )
        );
    }

    [Fact]
    public void Every_operation_has_a_name_for_a_method_one_tag_a_security_and_refuses_what_it_does_not_know()
    {
        var tags = described.Document.GetProperty("tags").EnumerateArray().Select(tag => tag.GetProperty("name").GetString()).ToList();
        foreach (var (route, operation) in Operations)
        {
            Assert.Matches("^[a-z][a-zA-Z]+$", operation.GetProperty("operationId").GetString());
            Assert.Contains(Assert.Single(operation.GetProperty("tags").EnumerateArray()).GetString(), tags);
            Assert.True(operation.TryGetProperty("security", out _), route);
            Assert.True(operation.GetProperty("responses").TryGetProperty("400", out _), route);
        }

        Assert.Distinct(Operations.Select(operation => operation.Operation.GetProperty("operationId").GetString()));
        Assert.True(described.Document.GetProperty("servers").GetArrayLength() > 0);
    }

    private JsonElement Operation(string route) => Operations.Single(operation => operation.Route == route).Operation;

    private JsonElement Schema(string name) => described.Document.GetProperty("components").GetProperty("schemas").GetProperty(name);

    private static bool Says(JsonElement element) =>
        element.TryGetProperty("description", out _)
        || (
            element.TryGetProperty("oneOf", out var parts) && parts.EnumerateArray().Any(part => part.TryGetProperty("description", out _))
        );

    public sealed class Fixture : IAsyncLifetime
    {
        internal JsonElement Document { get; private set; }

        public async ValueTask InitializeAsync()
        {
            await using var api = new InMemoryApi();
            var (_, body) = await api.SendAsync("GET", "/api/openapi.json");
            Document = JsonSerializer.Deserialize<JsonElement>(body);
            if (Environment.GetEnvironmentVariable("DUMP_API") is { } file)
            {
                await File.WriteAllBytesAsync(file, body);
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
