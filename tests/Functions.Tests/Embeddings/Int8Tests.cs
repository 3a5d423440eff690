using Functions.Tests.Imaging;
using Serverless.Embeddings;
using Serverless.Embeddings.Onnx;
using Xunit;

namespace Functions.Tests.Embeddings;

public class Int8Tests(GeneratedModels models) : IClassFixture<GeneratedModels>
{
    [Fact]
    public void Quantised_graphs_are_used_and_their_agreement_is_measured()
    {
        using var full = new OnnxModel(models["clip"], Options());
        using var quantised = new OnnxModel(models["clip"], Options("int8"));

        Assert.InRange(quantised.Agreement!.Value, 0.98, 0.99999);
        Assert.Null(full.Agreement);
        Assert.NotEqual(full.Description.Revision, quantised.Description.Revision);
        Assert.InRange(
            Cosine.Of(
                full.Vision.Embed([Pictures.Checked("scene.jpg")])[0].Vector,
                quantised.Vision.Embed([Pictures.Checked("scene.jpg")])[0].Vector
            ),
            0.98,
            0.999999
        );
    }

    [Fact]
    public void Too_low_an_agreement_is_refused()
    {
        var options = Options("int8");
        options.MinAgreement = 1;

        var exception = Assert.Throws<ModelException>(() => new OnnxModel(models["clip"], options).Dispose());

        Assert.Matches(
            @"agree with the full graph's only at a mean cosine of 0\.9\d+, and Embedding:MinAgreement is 1\. Use fp32\.",
            exception.Message
        );
    }

    [Fact]
    public void Unsigned_weights_are_told_from_signed_ones()
    {
        var path = Path.Combine(models["clip"], "onnx/vision_model_int8.onnx");
        var unsigned = Path.Combine(models.Copy("clip"), "unsigned.onnx");
        var bytes = File.ReadAllBytes(path);
        // A tensor's data type is field 2: signed 8-bit is 3, unsigned 2.
        for (
            var at = bytes.AsSpan().IndexOf("\x08\x40\x08\x40\x10\x03"u8);
            at >= 0;
            at = bytes.AsSpan().IndexOf("\x08\x40\x08\x40\x10\x03"u8)
        )
        {
            bytes[at + 5] = 2;
        }

        File.WriteAllBytes(unsigned, bytes);

        Assert.False(OnnxWeights.AreUnsigned(path));
        Assert.False(OnnxWeights.AreUnsigned(Path.Combine(models["clip"], "onnx/vision_model.onnx")));
        Assert.True(OnnxWeights.AreUnsigned(unsigned));
    }

    [Fact]
    public void Quantised_images_are_embedded_one_by_one() => Assert.Equal((1, 8), (Options("int8").BatchLimit, Options().BatchLimit));

    private EmbeddingOptions Options(string precision = "fp32") => new() { Model = models["clip"], Precision = precision };
}
