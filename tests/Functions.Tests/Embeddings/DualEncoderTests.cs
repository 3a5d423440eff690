using Functions.Tests.Embeddings.Generated;
using Functions.Tests.Imaging;
using Serverless.Embeddings;
using Serverless.Embeddings.Onnx;
using Xunit;

namespace Functions.Tests.Embeddings;

public class DualEncoderTests(GeneratedModels models, TransformersPeer peer)
    : IClassFixture<GeneratedModels>,
        IClassFixture<TransformersPeer>
{
    [Fact]
    public void The_generated_architectures_have_the_published_numbers_of_parameters()
    {
        Assert.Equal(87_849_216, DualEncoderGraphs.Vision(DualEncoderShape.ClipVitB32).Parameters);
        Assert.Equal(63_428_096, DualEncoderGraphs.Text(DualEncoderShape.ClipVitB32).Parameters);
        Assert.Equal(92_884_224, DualEncoderGraphs.Vision(DualEncoderShape.SiglipB16).Parameters);
        Assert.Equal(110_271_744, DualEncoderGraphs.Text(DualEncoderShape.SiglipB16).Parameters);
    }

    [Theory]
    [InlineData("clip", "image_embeds")]
    [InlineData("siglip", "pooler_output")]
    public async Task Image_vectors_equal_those_of_the_reference_runtime_on_the_same_pixels(string family, string output)
    {
        using var model = Load(family);
        var vision = model.Vision;
        var images = new[] { "scene.jpg", "large-1201x803.jpg", "alpha.png" }.Select(Pictures.Checked).ToArray();
        var together = vision.Embed(images);
        Assert.InRange(Cosine.Of(together[0].Vector, together[2].Vector), -1, 0.999);

        foreach (var (image, ours) in images.Zip(together))
        {
            var pixels = new float[vision.Preprocessor.Length];
            vision.Preprocessor.Fill(image, pixels);
            var reference = await peer.RunAsync(
                vision.Path,
                output,
                ("pixel_values", pixels, [1, 3, vision.Preprocessor.Height, vision.Preprocessor.Width])
            );
            Assert.InRange(Cosine.Of(ours.Vector, reference), 0.99999, 1.00001);
            Assert.Null(ours.CopyDescriptor);
        }
    }

    [Fact]
    public async Task A_CLIP_text_is_padded_to_the_longest_of_its_batch_and_that_changes_nothing()
    {
        using var model = Load("clip");
        string[] texts = ["a red car", "two dogs playing with a yellow ball on the green beach", ""];
        var together = model.Text.Embed(texts);

        foreach (var (text, ours) in texts.Zip(together))
        {
            var ids = (await peer.TokenizeAsync(models["clip"], [text]))[0].Select(id => (long)id).ToArray();
            var reference = await peer.RunAsync(
                model.Text.Path,
                "text_embeds",
                ("input_ids", ids, [1, ids.Length]),
                ("attention_mask", Array.ConvertAll(ids, _ => 1L), [1, ids.Length])
            );
            Assert.InRange(Cosine.Of(ours, reference), 0.99999, 1.00001);
        }
    }

    [Fact]
    public async Task A_SigLIP_text_is_always_padded_to_full_length()
    {
        using var model = Load("siglip");
        var ids = (await peer.TokenizeAsync(models["siglip"], ["a red car"]))[0].Select(id => (long)id).ToArray();
        long[] padded = [.. ids, .. Enumerable.Repeat(1L, 64 - ids.Length)];

        var reference = await peer.RunAsync(model.Text.Path, "pooler_output", ("input_ids", padded, [1, 64]));

        Assert.InRange(Cosine.Of(model.Text.Embed(["a red car"])[0], reference), 0.99999, 1.00001);
    }

    private OnnxModel Load(string family) => new(models[family], new EmbeddingOptions { Model = models[family] });
}
