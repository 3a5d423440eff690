using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Azure;
using Azure.Search.Documents;
using Azure.Search.Documents.Indexes;
using Functions.Tests.Pipeline;
using Microsoft.Extensions.Options;
using Serverless.Embeddings;
using Serverless.Search;
using Shared;
using SearchOptions = Serverless.Search.SearchOptions;

namespace Functions.Tests.Search;

public sealed class IndexDefinitionTests
{
    private static readonly EmbeddingModel TwoVectors = new(
        "Some/Model",
        "0123456789abcdef",
        "onnx",
        512,
        128,
        ModelThresholds.Uncalibrated
    );

    [Fact]
    public void Vectors_are_compared_by_cosine_in_int8_and_rescored_in_full()
    {
        var vectors = Json(TwoVectors)["vectorSearch"]!;
        Assert.Equal("cosine", vectors["algorithms"]![0]!["hnswParameters"]!["metric"]!.GetValue<string>());
        var compression = vectors["compressions"]![0]!;
        Assert.Equal("int8", compression["scalarQuantizationParameters"]!["quantizedDataType"]!.GetValue<string>());
        Assert.True(compression["rerankWithOriginalVectors"]!.GetValue<bool>());
        Assert.Equal(compression["name"]!.GetValue<string>(), vectors["profiles"]![0]!["compression"]!.GetValue<string>());
    }

    [Fact]
    public void The_profile_names_the_model_and_lengths_are_the_models_own()
    {
        var definition = IndexDefinition.Of("mine", TwoVectors);
        Assert.Equal("mine", definition.Name);
        Assert.Equal("some-model-0123456789ab", definition.Profile);
        Assert.Equal(
            [("embedding", 512), ("instance", 128)],
            definition.Fields.Where(field => field.Dimensions is not null).Select(field => (field.Name, field.Dimensions!.Value))
        );
    }

    [Fact]
    public void A_model_with_one_vector_has_one_field_for_it() =>
        Assert.DoesNotContain(
            IndexDefinition.Of("mine", TwoVectors with { CopyDescriptorDimensions = null }).Fields,
            field => field.Name == "instance"
        );

    [Fact]
    public void The_files_have_the_fields_of_the_document_and_no_others()
    {
        var written = typeof(ImageDocument)
            .GetProperties()
            .Where(property => property.GetCustomAttribute<JsonIgnoreAttribute>() is not { Condition: JsonIgnoreCondition.Always })
            .Select(property => property.GetCustomAttribute<JsonPropertyNameAttribute>()!.Name)
            .ToList();
        string[] ofParts = [.. ImageDocument.OfPart, ImageDocument.LinesField];
        Assert.Equal(written.Except(ofParts).Order(), IndexDefinition.Of("mine", TwoVectors).Fields.Select(field => field.Name).Order());
        Assert.Equal(
            written.Where(name => name != ImageDocument.CopyDescriptorField).Order(),
            IndexDefinition.OfParts("mine", TwoVectors, 288).Fields.Select(field => field.Name).Order()
        );
    }

    [Fact]
    public async Task The_service_makes_what_the_file_says_and_never_alters_what_is_there()
    {
        await using var search = await SearchEmulatorProcess.StartAsync(0);
        var options = new SearchOptions
        {
            Endpoint = search.Address,
            ApiKey = "local-search-admin-key",
            CertificateFile = search.CertificateFile,
        };
        var creation = new IndexCreation(Options.Create(options));
        await creation.CreateAsync(IndexDefinition.Of("mine", TwoVectors), default);
        await creation.CreateAsync(IndexDefinition.Of("mine", TwoVectors with { Name = "another", Dimensions = 64 }), default);

        var index = (
            await new SearchIndexClient(
                new Uri(search.Address),
                new AzureKeyCredential(options.ApiKey),
                SearchServices.ClientOptions(options)
            ).GetIndexAsync("mine")
        ).Value;
        Assert.Equal(
            IndexDefinition.Of("mine", TwoVectors).Fields.Select(field => (field.Name, field.Type, field.Dimensions)),
            index.Fields.Select(field => (field.Name, field.Type.ToString(), field.VectorSearchDimensions))
        );
        Assert.Equal("some-model-0123456789ab", index.Fields.Single(field => field.Name == "embedding").VectorSearchProfileName);
        Assert.True(index.Fields.Single(field => field.Name == "format").IsFacetable);
    }

    private static JsonNode Json(EmbeddingModel model) => JsonNode.Parse(IndexDefinition.Of("mine", model).ToJson())!;
}
