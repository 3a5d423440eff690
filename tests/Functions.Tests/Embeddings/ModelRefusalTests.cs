using Serverless.Embeddings;
using Serverless.Embeddings.Catalogue;
using Serverless.Embeddings.Onnx;
using Xunit;

namespace Functions.Tests.Embeddings;

public class ModelRefusalTests(GeneratedModels models) : IClassFixture<GeneratedModels>
{
    [Theory]
    [InlineData("config.json")]
    [InlineData("preprocessor_config.json")]
    [InlineData("onnx/vision_model.onnx")]
    [InlineData("onnx/text_model.onnx")]
    public void A_missing_file_is_named(string file) => Refused(file, "is missing", folder => File.Delete(Path.Combine(folder, file)));

    [Theory]
    [InlineData("config.json", "{", "not valid JSON")]
    [InlineData("preprocessor_config.json", "[1, 2", "not valid JSON")]
    [InlineData("tokenizer.json", "nonsense", "not valid JSON")]
    [InlineData("onnx/vision_model.onnx", "nonsense", "ONNX Runtime cannot run the graph")]
    public void A_broken_file_is_named(string file, string content, string reason) =>
        Refused(file, reason, folder => File.WriteAllText(Path.Combine(folder, file), content));

    [Theory]
    [InlineData(
        "\"CLIPImageProcessor\"",
        "\"NaFlexImageProcessor\"",
        "image_processor_type is NaFlexImageProcessor; supported: CLIPImageProcessor"
    )]
    [InlineData("\"resample\": 3", "\"resample\": 9", "resample is 9; a whole number from 0 (nearest) to 5 (Hamming) is allowed.")]
    [InlineData("\"do_center_crop\": true", "\"do_center_crop\": false", "size names a shortest_edge but do_center_crop is false")]
    [InlineData("\"do_center_crop\": true", "\"do_pad\": true, \"do_center_crop\": true", "do_pad is true, which is not supported.")]
    [InlineData("[0.26862954, 0.26130258, 0.27577711]", "[0.26862954, 0, 0.27577711]", "three numbers are needed, each above zero.")]
    [InlineData(
        "{ \"height\": 224, \"width\": 224 }",
        "{ \"height\": 192, \"width\": 192 }",
        "the graph expects images of 224 x 224 pixels but preprocessor_config.json produces 192 x 192."
    )]
    [InlineData("{ \"shortest_edge\": 224 }", "{ \"longest_edge\": 224 }", "height and width, or a shortest_edge, are allowed.")]
    public void A_preprocessing_that_is_not_understood_is_named(string old, string replacement, string reason) =>
        Refused(null, reason, folder => Replace(folder, "preprocessor_config.json", old, replacement));

    [Theory]
    [InlineData("\"NFC\"", "\"NFX\"", "normalizer of type NFX is not supported.")]
    [InlineData("\"ByteLevel\"", "\"UnicodeScripts\"", "pre_tokenizer of type UnicodeScripts is not supported.")]
    [InlineData("\"RobertaProcessing\"", "\"PairProcessing\"", "post_processor of type PairProcessing is not supported.")]
    [InlineData("\"BPE\"", "\"WordLevel\"", "model of type WordLevel is not supported.")]
    [InlineData("\"Removed\"", "\"Dropped\"", "behavior is Dropped; allowed: Removed, Isolated")]
    [InlineData("\"merges\":[", "\"merges\":[\"zz qq\",", "the merge 'zz qq' uses a token missing from the vocabulary.")]
    [InlineData("'s|'t", "(?<s|'t", "is not supported")]
    public void A_tokenizer_that_is_not_understood_is_named(string old, string replacement, string reason) =>
        Refused("tokenizer.json", reason, folder => Replace(folder, "tokenizer.json", old, replacement));

    [Fact]
    public void Graphs_of_two_models_are_refused() =>
        Refused(
            "text_model.onnx",
            "text vectors have 64 dimensions but image vectors 32: the two graphs do not share a space.",
            folder =>
                File.Copy(
                    Path.Combine(models["siglip"], "onnx/text_model.onnx"),
                    Path.Combine(folder, "onnx/text_model.onnx"),
                    overwrite: true
                )
        );

    [Fact]
    public void Two_graphs_in_each_others_place_are_refused() =>
        Refused(
            "vision_model.onnx",
            "the graph has no image input",
            folder =>
                File.Copy(Path.Combine(folder, "onnx/text_model.onnx"), Path.Combine(folder, "onnx/vision_model.onnx"), overwrite: true)
        );

    [Fact]
    public void Thresholds_out_of_range_are_refused() =>
        Refused(
            "thresholds.json",
            "duplicate is 3; a number from -1 to 1 is allowed.",
            folder => File.WriteAllText(Path.Combine(folder, "thresholds.json"), """{ "image_embeds": { "duplicate": 3 } }""")
        );

    [Fact]
    public void A_model_that_is_neither_folder_nor_known_is_refused()
    {
        var exception = Assert.Throws<ModelException>(() => ModelFolder.Resolve("no-such-model", HubEnvironment.Read(_ => null)));

        Assert.Contains(
            "'no-such-model' (Embedding:Model) is no name of the catalogue; 'dotnet run --project local -- models list' shows those.",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Another_tokenizer_is_another_revision()
    {
        var copy = models.Copy("clip");
        var before = ModelFolder.Open(copy, ModelPrecision.Full).Revision;
        File.AppendAllText(Path.Combine(copy, "tokenizer.json"), " ");

        Assert.NotEqual(before, ModelFolder.Open(copy, ModelPrecision.Full).Revision);
        Assert.Equal(before, ModelFolder.Open(models["clip"], ModelPrecision.Full).Revision);
    }

    private void Refused(string? file, string reason, Action<string> damage)
    {
        var folder = models.Copy("clip");
        damage(folder);

        var exception = Assert.Throws<ModelException>(() => new OnnxModel(folder, new EmbeddingOptions { Model = folder }).Dispose());

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.Contains(file is null ? folder : Path.GetFileName(file), exception.Message, StringComparison.Ordinal);
    }

    private static void Replace(string folder, string file, string old, string replacement)
    {
        var path = Path.Combine(folder, file);
        var text = File.ReadAllText(path);
        // JSON may write an apostrophe as \u0027.
        old = text.Contains(old, StringComparison.Ordinal) ? old : old.Replace("'", "\\u0027", StringComparison.Ordinal);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(old, replacement, StringComparison.Ordinal));
    }
}
