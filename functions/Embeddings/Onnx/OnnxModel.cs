using System.Globalization;
using Microsoft.Extensions.Options;
using Serverless.Embeddings.Catalogue;
using Serverless.Embeddings.Tokenization;

namespace Serverless.Embeddings.Onnx;

/// <summary>A dual encoder in Hugging Face layout; the constructor loads, checks and warms it up.</summary>
internal sealed class OnnxModel : IDisposable
{
    private readonly VisionGraph vision;
    private readonly TextGraph? text;

    public OnnxModel(IOptions<EmbeddingOptions> options)
        : this(ModelFolder.Resolve(options.Value.Model, HubEnvironment.Read()), options.Value) { }

    public OnnxModel(string folder, EmbeddingOptions options)
    {
        var files = ModelFolder.Open(folder, options.Precision);
        var config = PreprocessorConfig.Load(folder);
        Tokenizer = TokenizerLoader.Load(folder);
        vision = new VisionGraph(files.Vision, config, options, files.Description);
        try
        {
            text = new TextGraph(files, Tokenizer, options);
            Description = Describe(options.Model, folder, files);
            Agreement =
                options.Precision == ModelPrecision.Int8 ? new Int8Gate(folder, config, Tokenizer, options).Check(vision, text) : null;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Lowest measured cosine to the full graphs, if quantised ones are used.</summary>
    public double? Agreement { get; }

    public EmbeddingModel Description { get; }

    public TextTokenizer Tokenizer { get; }

    public VisionGraph Vision => vision;

    public TextGraph Text => text!;

    public void Dispose()
    {
        vision.Dispose();
        text?.Dispose();
    }

    /// <summary>Runs both graphs once, to warm them up and check that they belong together.</summary>
    private EmbeddingModel Describe(string name, string folder, ModelFiles files)
    {
        var grey = new float[vision.Preprocessor.Length];
        Array.Fill(grey, 0.1f);
        var image = vision.Embed(grey, 1)[0];
        var words = Text.Embed(["a"])[0];
        if (image.Vector.Length != words.Length)
        {
            throw new ModelException(
                files.Text,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"text vectors have {words.Length} dimensions but image vectors {image.Vector.Length}: the two graphs do not "
                        + $"share a space."
                )
            );
        }

        return new EmbeddingModel(
            Path.IsPathRooted(name) || name.Contains('/', StringComparison.Ordinal)
                ? Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))
                : name,
            files.Revision,
            EmbeddingOptions.Onnx,
            image.Vector.Length,
            image.CopyDescriptor?.Length,
            ModelThresholds.Load(folder, vision.CopyOutput)
        );
    }
}
