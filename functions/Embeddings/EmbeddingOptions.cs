using Serverless.Embeddings.Catalogue;
using Serverless.Embeddings.Onnx;
using Serverless.Settings;

namespace Serverless.Embeddings;

/// <summary>Section <c>Embedding</c>: the model that computes the vectors, and how it runs.</summary>
[SettingsSection(Section)]
public sealed class EmbeddingOptions
{
    public const string Section = "Embedding";
    internal const string Onnx = "onnx";
    internal const string AzureVision = "azure-vision";
    internal const string AzureFoundry = "azure-foundry";
    internal const string Bedrock = "bedrock";
    internal const string Vertex = "vertex";
    internal static readonly string[] Providers = [Onnx, AzureFoundry, AzureVision, Bedrock, Vertex];
    internal const string Fast = "fast";
    internal const string Exact = "exact";

    /// <summary>Computes the vectors: <c>onnx</c> (default) runs a model in this process; <c>azure-foundry</c>, <c>azure-vision</c> (until
    /// September 2028), <c>bedrock</c> and <c>vertex</c> are hosted, and each image is sent there and paid for.</summary>
    [AllowedChoice(Onnx, AzureFoundry, AzureVision, Bedrock, Vertex)]
    public string Provider { get; set; } = Onnx;

    /// <summary>A name from the catalogue (<c>models list</c>), the folder of a model in Hugging Face layout, or <c>default</c>, the
    /// bundled model. For a hosted provider: one of its models; <c>default</c> is the first that docs/providers.md names.</summary>
    [AllowedText(@"[\s\S]*\S[\s\S]*", "it must be the name or folder of a model")]
    public string Model { get; set; } = "default";

    /// <summary>The address of the Foundry or Azure AI Vision resource; overrides the base address of another hosted provider.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The region of Bedrock (default: AWS_REGION) or of Vertex AI.</summary>
    public string? Region { get; set; }

    /// <summary>The Google Cloud project that pays for Vertex AI.</summary>
    public string? Project { get; set; }

    /// <summary>Length of a hosted model's vectors; default: its longest.</summary>
    public int? Dimensions { get; set; }

    /// <summary>A key of the Foundry or Azure AI Vision resource, or a Bedrock API key. Without it the app's identity is used (Entra ID,
    /// the AWS credential chain, Application Default Credentials).</summary>
    public string? ApiKey { get; set; }

    /// <summary>Maximum requests per minute from this process to a hosted provider; default: the vendor's default quota. Lower it if
    /// several workers share one quota.</summary>
    [AllowedRange(1, 1_000_000)]
    public int? RequestsPerMinute { get; set; }

    /// <summary>How long one image or text is retried at a hosted provider, default 20 s. After that an image waits and is retried
    /// later.</summary>
    [AllowedRange("00:00:01", "00:05:00")]
    public TimeSpan RetryTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>US dollars per thousand images, if your contract differs from the list price.</summary>
    [AllowedRange(0, 1_000_000)]
    public decimal? ImagePrice { get; set; }

    /// <summary>US dollars per thousand of the provider's text units: requests, tokens or characters.</summary>
    [AllowedRange(0, 1_000_000)]
    public decimal? TextPrice { get; set; }

    /// <summary>Number of images or texts embedded at the same time; default 0: one per processor.</summary>
    [AllowedRange(0, 1024)]
    public int Workers { get; set; }

    /// <summary>
    /// A quantised graph derives its number range from the whole batch, so a vector would depend on its neighbours.
    /// </summary>
    internal int BatchLimit => Precision == ModelPrecision.Int8 ? 1 : MaxBatch;

    internal int WorkerCount => Workers == 0 ? Environment.ProcessorCount : Workers;

    /// <summary>Threads per computation, default 1. More threads speed up a single request on an idle machine, but slow everything down on
    /// a busy one.</summary>
    [AllowedRange(1, 1024)]
    public int Threads { get; set; } = 1;

    /// <summary><c>fp32</c> (default), or <c>int8</c> for a model's quantised graphs: about twice as fast on processors with VNNI, with a
    /// small loss that is measured at start.</summary>
    [AllowedChoice(ModelPrecision.Full, ModelPrecision.Int8)]
    public string Precision { get; set; } = ModelPrecision.Full;

    /// <summary>The lowest acceptable mean cosine between int8 and fp32 vectors, of pictures and of texts, measured at start; default
    /// 0.98.</summary>
    [AllowedRange(0, 1)]
    public double MinAgreement { get; set; } = 0.98;

    /// <summary><c>auto</c> (default) uses CUDA if build and machine support it, <c>cpu</c> never, <c>cuda</c> always.</summary>
    [AllowedChoice(ExecutionDevice.Auto, ExecutionDevice.Cpu, ExecutionDevice.Cuda)]
    public string Device { get; set; } = ExecutionDevice.Auto;

    /// <summary>Maximum number of waiting images that one worker embeds together, default 8.</summary>
    [AllowedRange(1, 256)]
    public int MaxBatch { get; set; } = 8;

    /// <summary>Maximum number of waiting images or texts, default 256; beyond that callers wait.</summary>
    [AllowedRange(1, 1_000_000)]
    public int QueueLength { get; set; } = 256;

    /// <summary><c>fast</c> (default) lets the decoder shrink large pictures; <c>exact</c> decodes them in full, for pixels identical to
    /// the reference's.</summary>
    [AllowedChoice(Fast, Exact)]
    public string Preprocessing { get; set; } = Fast;
}
