using Functions.Tests.Embeddings.Generated;
using Functions.Tests.Imaging;
using Serverless.Embeddings;
using Serverless.Embeddings.Catalogue;
using Serverless.Embeddings.Onnx;
using Xunit;

namespace Functions.Tests.Embeddings;

/// <summary>A pull of each family of the catalogue, from repositories with its files, and graphs with its inputs and outputs.</summary>
public sealed class CatalogueFamilyTests(TokenizerFolders tokenizers) : IClassFixture<TokenizerFolders>
{
    private const int Int32 = 6;
    private const int Int64 = OnnxWriter.Int64;

    [Theory]
    [InlineData("siglip2-b-16-256", 256)]
    [InlineData("siglip2-b-16-384", 384)]
    [InlineData("siglip2-b-16-512", 512)]
    [InlineData("siglip2-so400m-16-384", 384)]
    public async Task SigLIP_2(string name, int side)
    {
        await using var rig = await HubRig.StartAsync();
        var entry = ModelCatalogue.Find(name)!;
        var files = rig.Hub[entry.Repository];
        var width = entry.Dimensions!.Value;
        files["onnx/vision_model.onnx"] = FamilyGraphs.Vision("batch", side, width, "pixel_values", "pooler_output");
        files["onnx/text_model.onnx"] = FamilyGraphs.Text("batch", "sequence", width, ["input_ids"], "pooler_output", Int64);
        files["config.json"] = """{ "model_type": "siglip", "text_config": { "model_type": "siglip_text_model" } }"""u8.ToArray();
        files["preprocessor_config.json"] = System.Text.Encoding.UTF8.GetBytes(
            $$"""{ "image_processor_type": "SiglipImageProcessor", "size": { "height": {{side}}, "width": {{side}} }, "resample": 2 }"""
        );
        Add(files, "siglip", "tokenizer.json", "tokenizer_config.json");

        await PulledAsync(rig, name);

        Assert.Equal(
            [entry.Revision == "main" ? LocalHub.Commit : entry.Revision],
            rig.Hub.Requests.Where(request => request.Path.Contains("/resolve/", StringComparison.Ordinal))
                .Select(request => request.Path.Split('/')[4])
                .Distinct()
        );
    }

    [Fact]
    public async Task OpenCLIP_of_LAION_2B_whose_files_have_other_names()
    {
        const string Name = "clip-vit-b-32-laion2b";
        await using var rig = await HubRig.StartAsync();
        var files = rig.Hub["immich-app/ViT-B-32__laion2b-s34b-b79k"];
        files["visual/model.onnx"] = FamilyGraphs.Vision("batch", 224, 512, "image", "embedding");
        files["textual/model.onnx"] = FamilyGraphs.Text(1, 77, 512, ["text"], "embedding", Int32);
        files["textual/vocab.json"] = await File.ReadAllBytesAsync(Path.Combine(tokenizers["clip-pair"], "vocab.json"));
        files["textual/merges.txt"] = await File.ReadAllBytesAsync(Path.Combine(tokenizers["clip-pair"], "merges.txt"));

        await PulledAsync(rig, Name);
    }

    [Theory]
    [InlineData("pe-core-b-16", 224)]
    [InlineData("pe-core-l-14", 336)]
    public async Task Perception_Encoder_whose_graphs_take_two_at_once_and_come_alone(string name, int side)
    {
        await using var rig = await HubRig.StartAsync();
        var files = rig.Hub[ModelCatalogue.Find(name)!.Repository];
        files["onnx/vision_model.onnx"] = FamilyGraphs.Vision(2, side, 1024, "images_in", "features_out");
        files["onnx/text_model.onnx"] = FamilyGraphs.Text(2, 32, 1024, ["ids_in"], "features_out", Int64);
        Add(rig.Hub["Xenova/clip-vit-base-patch32"], "clip", "tokenizer.json");

        await PulledAsync(rig, name);
    }

    [Fact]
    public async Task Nomic_whose_two_towers_are_two_repositories_and_whose_vectors_may_be_cut()
    {
        const string Name = "nomic-1.5";
        await using var rig = await HubRig.StartAsync();
        var pictures = rig.Hub["nomic-ai/nomic-embed-vision-v1.5"];
        pictures["onnx/model.onnx"] = FamilyGraphs.Vision("batch", 224, 768, "pixel_values", "last_hidden_state", byToken: true);
        pictures["preprocessor_config.json"] =
            """{ "image_processor_type": "CLIPImageProcessor", "size": { "height": 224, "width": 224 }, "do_center_crop": false }"""u8.ToArray();
        var texts = rig.Hub["nomic-ai/nomic-embed-text-v1.5"];
        texts["onnx/model.onnx"] = FamilyGraphs.Text(
            "batch",
            "sequence",
            768,
            ["input_ids", "token_type_ids", "attention_mask"],
            "last_hidden_state",
            Int64,
            byToken: true
        );
        Add(texts, "bert", "tokenizer.json");

        var folder = await PulledAsync(rig, Name);
        var shorter = await PulledAsync(rig, Name + "-256");

        using var whole = new OnnxModel(folder, new EmbeddingOptions { Model = Name });
        using var cut = new OnnxModel(shorter, new EmbeddingOptions { Model = Name + "-256" });
        var (all, first) = (Scene(whole), Scene(cut));
        Assert.Equal((768, 256), (all.Length, first.Length));
        var scale = all[0] / first[0];
        for (var i = 0; i < first.Length; i++)
        {
            Assert.Equal(all[i], first[i] * scale, 1e-4);
        }

        Assert.NotEqual(whole.Description.Revision, cut.Description.Revision);
        Assert.Equal(2, rig.Hub.Requests.Count(request => request.Path == "/cdn/onnx/model.onnx")); // the two towers, once each
        Assert.Equal("search_query: ", ModelFolder.Open(folder, ModelPrecision.Full).Description.Text.Prefix);
    }

    [Fact]
    public async Task MobileCLIP_2_is_fetched_only_after_its_licence_was_accepted()
    {
        const string Name = "mobileclip2-s2";
        await using var rig = await HubRig.StartAsync();
        var files = rig.Hub["plhery/mobileclip2-onnx"];
        files["onnx/s2/vision_model.onnx"] = FamilyGraphs.Vision("batch", 256, 512, "pixel_values", "image_embeds");
        files["onnx/s2/text_model.onnx"] = FamilyGraphs.Text("batch", "sequence", 512, ["input_ids"], "text_embeds", Int64);
        files["onnx/s2/config.json"] = """{ "model_type": "clip" }"""u8.ToArray();
        files["onnx/s2/preprocessor_config.json"] =
            """{ "image_processor_type": "CLIPImageProcessor", "size": { "shortest_edge": 256 }, "crop_size": { "height": 256, "width": 256 }, "do_normalize": false }"""u8.ToArray();
        Add(files, "clip", "tokenizer.json", "tokenizer_config.json");

        Assert.Equal(1, await rig.RunAsync("pull", Name));

        Assert.Contains("scientific research only", rig.Errors, StringComparison.Ordinal);
        Assert.Contains($"models pull {Name} --accept-licence", rig.Errors, StringComparison.Ordinal);
        Assert.Empty(rig.Hub.Requests);

        await PulledAsync(rig, Name, "--accept-licence");
    }

    [Fact]
    public void Every_entry_says_what_the_list_shows()
    {
        Assert.All(
            ModelCatalogue.Entries,
            entry =>
            {
                Assert.True(entry.Dimensions > 0, entry.Name);
                Assert.NotEmpty(entry.Licence);
                Assert.NotEmpty(entry.Languages!);
                Assert.NotEmpty(entry.About);
                Assert.Equal(
                    entry.Licence.StartsWith("Apple", StringComparison.Ordinal),
                    entry.Restriction?.Contains("research only", StringComparison.Ordinal) == true
                );
            }
        );
        Assert.Equal(ModelCatalogue.Entries.Count, ModelCatalogue.Entries.Select(entry => entry.Name).Distinct().Count());
    }

    /// <summary>Pulls it, loads it, and sees that a picture or text has the same vector whatever goes with it.</summary>
    private static async Task<string> PulledAsync(HubRig rig, string name, params string[] more)
    {
        rig.Calibrate(name);
        Assert.True(await rig.RunAsync(["pull", name, .. more]) == 0, rig.Errors);

        var folder = rig.Folder(name);
        using var model = new OnnxModel(folder, new EmbeddingOptions { Model = name });
        Assert.Equal(ModelCatalogue.Find(name)!.Dimensions, model.Description.Dimensions);
        Assert.Equal(name, model.Description.Name);
        var pictures = new[] { "scene.jpg", "alpha.png", "large-1201x803.jpg" }.Select(Pictures.Checked).ToList();
        foreach (var (picture, vector) in pictures.Zip(model.Vision.Embed(pictures)))
        {
            Assert.Equal(1, Cosine.Of(vector.Vector, model.Vision.Embed([picture])[0].Vector), 1e-4);
        }

        string[] texts = ["a red car", "two dogs playing with a yellow ball on the green beach", "night"];
        foreach (var (text, vector) in texts.Zip(model.Text.Embed(texts)))
        {
            Assert.Equal(1, Cosine.Of(vector, model.Text.Embed([text])[0]), 1e-4);
        }

        Assert.Equal(0, await rig.RunAsync("list"));
        Assert.Matches($@"(?m)^{name} +\d+ MB +{model.Description.Dimensions} +[0-9.]+ ms +pulled ", rig.Output);
        return folder;
    }

    private static float[] Scene(OnnxModel model) => model.Vision.Embed([Pictures.Checked("scene.jpg")])[0].Vector.ToArray();

    private void Add(Dictionary<string, byte[]> files, string tokenizer, params string[] names)
    {
        foreach (var name in names)
        {
            files[name] = File.ReadAllBytes(Path.Combine(tokenizers[tokenizer], name));
        }
    }
}
