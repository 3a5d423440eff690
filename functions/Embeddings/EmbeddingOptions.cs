using Serverless.Embeddings.Catalogue;
using Serverless.Embeddings.Onnx;
using Serverless.Settings;

namespace Serverless.Embeddings;

/// <summary>Section <c>Embedding</c>: which model makes the vectors, and how.</summary>
[SettingsSection(Section)]
public sealed class EmbeddingOptions
{
    public const string Section = "Embedding";
    internal const string Onnx = "onnx";
    internal const string AzureVision = "azure-vision";
    internal const string Bedrock = "bedrock";
    internal const string Vertex = "vertex";
    internal const string Fast = "fast";
    internal const string Exact = "exact";

    /// <summary>Who computes the vectors. Default <c>onnx</c>: a model run inside this process. <c>azure-vision</c>,
    /// <c>bedrock</c> and <c>vertex</c> are hosted; each image is sent there, and paid for.</summary>
    [AllowedChoice(Onnx, AzureVision, Bedrock, Vertex)]
    public string Provider { get; set; } = Onnx;

    /// <summary>A name of the catalogue (<c>models list</c>), the folder of a model in Hugging Face layout, or <c>default</c>,
    /// the model that comes with the product. Of a hosted provider: one of its models; <c>default</c> is its newest.</summary>
    [AllowedText(@"[\s\S]*\S[\s\S]*", "it must be the name or folder of a model")]
    public string Model { get; set; } = "default";

    /// <summary>The address of the Azure AI Vision resource; overrides the base address of another hosted provider.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The region of Bedrock (absent: AWS_REGION) or of Vertex AI.</summary>
    public string? Region { get; set; }

    /// <summary>The Google Cloud project that Vertex AI is paid by.</summary>
    public string? Project { get; set; }

    /// <summary>Length of a hosted model's vectors; absent: the longest that it makes.</summary>
    public int? Dimensions { get; set; }

    /// <summary>A key of the Azure AI Vision resource, or a Bedrock API key. Absent: the identity of the app (Entra ID, the
    /// AWS credential chain, Application Default Credentials).</summary>
    public string? ApiKey { get; set; }

    /// <summary>Most requests that this process sends to a hosted provider in a minute; absent: what the vendor allows by
    /// default. Lower it where several workers share one quota.</summary>
    [AllowedRange(1, 1_000_000)]
    public int? RequestsPerMinute { get; set; }

    /// <summary>How long one image or text is tried again at a hosted provider before it is given up for now; default 20 s.
    /// An image then waits and is tried again later.</summary>
    [AllowedRange("00:00:01", "00:05:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>US dollars for a thousand images, where a contract differs from the list price.</summary>
    [AllowedRange(0, 1_000_000)]
    public decimal? ImagePrice { get; set; }

    /// <summary>US dollars for a thousand of what the provider counts of text: requests, tokens or characters.</summary>
    [AllowedRange(0, 1_000_000)]
    public decimal? TextPrice { get; set; }

    /// <summary>How many images or texts are embedded at the same time; default 0, one for each processor.</summary>
    [AllowedRange(0, 1024)]
    public int Workers { get; set; }

    /// <summary>
    /// A quantised graph takes the range of its numbers from the whole batch, so in one a vector would depend on its neighbours.
    /// </summary>
    internal int BatchLimit => Precision == ModelPrecision.Int8 ? 1 : MaxBatch;

    internal int WorkerCount => Workers == 0 ? Environment.ProcessorCount : Workers;

    /// <summary>Threads within one computation, default 1. More shorten a single request on an idle machine, and slow
    /// everything down on a busy one.</summary>
    [AllowedRange(1, 1024)]
    public int Threads { get; set; } = 1;

    /// <summary><c>fp32</c> (default), or <c>int8</c> for a model's quantised graphs: about twice as fast where the processor has
    /// VNNI, at a small loss that is measured at start.</summary>
    [AllowedChoice(ModelPrecision.Full, ModelPrecision.Int8)]
    public string Precision { get; set; } = ModelPrecision.Full;

    /// <summary>The lowest cosine between int8 and fp32 vectors, measured at start, that int8 is accepted with; default 0.98.</summary>
    [AllowedRange(0, 1)]
    public double MinAgreement { get; set; } = 0.98;

    /// <summary><c>auto</c> (default) uses a CUDA device where build and machine have one, <c>cpu</c> never, <c>cuda</c> always.</summary>
    [AllowedChoice(ExecutionDevice.Auto, ExecutionDevice.Cpu, ExecutionDevice.Cuda)]
    public string Device { get; set; } = ExecutionDevice.Auto;

    /// <summary>How many waiting images one worker may embed together, default 8.</summary>
    [AllowedRange(1, 256)]
    public int MaxBatch { get; set; } = 8;

    /// <summary>How many images or texts may wait before callers are held back, default 256.</summary>
    [AllowedRange(1, 1_000_000)]
    public int QueueLength { get; set; } = 256;

    /// <summary><c>fast</c> (default) lets the decoder shrink large pictures; <c>exact</c> decodes each in full, for pixels
    /// that equal the reference's bit for bit.</summary>
    [AllowedChoice(Fast, Exact)]
    public string Preprocessing { get; set; } = Fast;
}
