using Serverless.Embeddings;
using Serverless.Embeddings.Onnx;
using Serverless.Imaging;

namespace Bench.Drawings;

/// <summary>The bundled model, as the app uses it for pictures.</summary>
internal sealed class Model(string folder) : IDisposable
{
    private const int Batch = 8;

    private readonly OnnxModel model = new(folder, new EmbeddingOptions { Model = folder });

    public int Dimensions => model.Description.Dimensions;

    /// <summary>Vectors of unit length.</summary>
    public float[][] Of(IEnumerable<Pixels> pictures)
    {
        var vision = model.Vision;
        return
        [
            .. pictures
                .Chunk(Batch)
                .SelectMany(batch =>
                {
                    var input = new float[batch.Length * vision.Preprocessor.Length];
                    for (var i = 0; i < batch.Length; i++)
                    {
                        vision.Preprocessor.Fill(batch[i], input.AsSpan(i * vision.Preprocessor.Length, vision.Preprocessor.Length));
                    }

                    return vision.Embed(input, batch.Length);
                })
                .Select(embedding => embedding.Vector.ToArray()),
        ];
    }

    public void Dispose() => model.Dispose();
}
