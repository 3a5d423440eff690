using Microsoft.Extensions.Options;
using Serverless.Embeddings.Catalogue;
using Serverless.Embeddings.Onnx;

namespace Serverless.Embeddings;

/// <summary>Section <c>Embedding</c>: which model makes the vectors, and how.</summary>
public sealed class EmbeddingOptions
{
    public const string Section = "Embedding";
    internal const string Onnx = "onnx";
    internal const string Fast = "fast";
    internal const string Exact = "exact";

    /// <summary>Who computes the vectors, default <c>onnx</c>: a model run inside this process.</summary>
    public string Provider { get; set; } = Onnx;

    /// <summary>A name of the catalogue (<c>models list</c>), the folder of a model in Hugging Face layout, or <c>default</c>,
    /// the model that comes with the product.</summary>
    public string Model { get; set; } = "default";

    /// <summary>Overrides the base address of a hosted provider.</summary>
    public string? Endpoint { get; set; }

    /// <summary>How many images or texts are embedded at the same time; default 0, one for each processor.</summary>
    public int Workers { get; set; }

    /// <summary>A quantised graph takes the range of its numbers from the whole batch, so in one a vector would depend on its neighbours.</summary>
    internal int BatchLimit => Precision == ModelPrecision.Int8 ? 1 : MaxBatch;

    internal int WorkerCount => Workers == 0 ? Environment.ProcessorCount : Workers;

    /// <summary>Threads within one computation, default 1. More shorten a single request on an idle machine, and slow
    /// everything down on a busy one.</summary>
    public int Threads { get; set; } = 1;

    /// <summary><c>fp32</c> (default), or <c>int8</c> for a model's quantised graphs: about twice as fast where the processor has
    /// VNNI, at a small loss that is measured at start.</summary>
    public string Precision { get; set; } = ModelPrecision.Full;

    /// <summary>The lowest cosine between int8 and fp32 vectors, measured at start, that int8 is accepted with; default 0.98.</summary>
    public double MinAgreement { get; set; } = 0.98;

    /// <summary><c>auto</c> (default) uses a CUDA device where build and machine have one, <c>cpu</c> never, <c>cuda</c> always.</summary>
    public string Device { get; set; } = ExecutionDevice.Auto;

    /// <summary>How many waiting images one worker may embed together, default 8.</summary>
    public int MaxBatch { get; set; } = 8;

    /// <summary>How many images or texts may wait before callers are held back, default 256.</summary>
    public int QueueLength { get; set; } = 256;

    /// <summary><c>fast</c> (default) lets the decoder shrink large pictures; <c>exact</c> decodes each in full, for pixels
    /// that equal the reference's bit for bit.</summary>
    public string Preprocessing { get; set; } = Fast;
}

internal sealed class ValidateEmbeddingOptions : IValidateOptions<EmbeddingOptions>
{
    public ValidateOptionsResult Validate(string? name, EmbeddingOptions options)
    {
        string[] faults =
        [
            .. OneOf(nameof(options.Provider), options.Provider, EmbeddingOptions.Onnx),
            .. OneOf(nameof(options.Precision), options.Precision, ModelPrecision.Full, ModelPrecision.Int8),
            .. OneOf(nameof(options.Device), options.Device, ExecutionDevice.Auto, ExecutionDevice.Cpu, ExecutionDevice.Cuda),
            .. OneOf(nameof(options.Preprocessing), options.Preprocessing, EmbeddingOptions.Fast, EmbeddingOptions.Exact),
            .. Within(nameof(options.Workers), options.Workers, 0, 1024),
            .. Within(nameof(options.Threads), options.Threads, 1, 1024),
            .. Within(nameof(options.MaxBatch), options.MaxBatch, 1, 256),
            .. Within(nameof(options.QueueLength), options.QueueLength, 1, 1_000_000),
            .. options.MinAgreement is >= 0 and <= 1
                ? []
                : new[] { string.Create(null, $"{EmbeddingOptions.Section}:{nameof(options.MinAgreement)} is {options.MinAgreement}; a number from 0 to 1 is allowed.") },
            .. string.IsNullOrWhiteSpace(options.Model)
                ? new[] { $"{EmbeddingOptions.Section}:{nameof(options.Model)} is empty; the name or folder of a model is allowed." }
                : [],
        ];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> OneOf(string setting, string value, params string[] allowed) => allowed.Contains(value)
        ? []
        : [$"{EmbeddingOptions.Section}:{setting} is '{value}'; allowed: {string.Join(", ", allowed)}."];

    private static IEnumerable<string> Within(string setting, int value, int least, int most) => value >= least && value <= most
        ? []
        : [string.Create(null, $"{EmbeddingOptions.Section}:{setting} is {value}; a number from {least} to {most} is allowed.")];
}
