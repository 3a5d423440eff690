using System.Globalization;
using Microsoft.Extensions.Options;
using Serverless.Embeddings.Catalogue;
using Serverless.Embeddings.Tokenization;
using Serverless.Imaging;

namespace Serverless.Embeddings.Onnx;

/// <summary>A dual encoder in Hugging Face layout, loaded, checked and warm once it is constructed.</summary>
internal sealed class OnnxModel : IDisposable
{
    private readonly VisionGraph vision;
    private readonly TextGraph text;

    public OnnxModel(IOptions<EmbeddingOptions> options)
        : this(ModelFolder.Resolve(options.Value.Model, HubEnvironment.Read()), options.Value)
    {
    }

    public OnnxModel(string folder, EmbeddingOptions options)
    {
        var files = ModelFolder.Open(folder, options.Precision);
        var tokenizer = TokenizerLoader.Load(folder);
        vision = new VisionGraph(files.Vision, PreprocessorConfig.Load(folder), options.Preprocessing == "exact", options.Threads);
        try
        {
            text = new TextGraph(files.Text, tokenizer, files.PadsToLength, options.Threads);
        }
        catch
        {
            vision.Dispose();
            throw;
        }

        Tokenizer = tokenizer;
        Description = Describe(options.Model, folder, files);
    }

    public EmbeddingModel Description { get; }

    public TextTokenizer Tokenizer { get; }

    public VisionGraph Vision => vision;

    public TextGraph Text => text;

    public void Dispose()
    {
        vision.Dispose();
        text.Dispose();
    }

    /// <summary>Runs both graphs once, which warms them up and shows whether they belong together.</summary>
    private EmbeddingModel Describe(string name, string folder, ModelFiles files)
    {
        var grey = new float[vision.Preprocessor.Length];
        Array.Fill(grey, 0.1f);
        var image = vision.Embed(grey, 1)[0];
        var words = text.Embed(["a"])[0];
        if (image.Vector.Length != words.Length)
        {
            Dispose();
            throw new ModelException(files.Text, string.Create(
                CultureInfo.InvariantCulture,
                $"text vectors have {words.Length} dimensions but those of images {image.Vector.Length}: the two graphs do not share a space."));
        }

        return new EmbeddingModel(
            Path.IsPathRooted(name) || name.Contains('/', StringComparison.Ordinal) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)) : name,
            files.Revision, EmbeddingOptions.Onnx, image.Vector.Length, image.Instance?.Length,
            ModelThresholds.Load(folder, vision.CopyOutput));
    }
}
