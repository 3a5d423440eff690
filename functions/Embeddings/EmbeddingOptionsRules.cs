using Microsoft.Extensions.Options;
using Serverless.Embeddings.Catalogue;
using Serverless.Embeddings.Onnx;

namespace Serverless.Embeddings;

internal sealed class EmbeddingOptionsRules : IValidateOptions<EmbeddingOptions>
{
    public ValidateOptionsResult Validate(string? name, EmbeddingOptions options)
    {
        string[] faults =
        [
            .. OneOf(
                nameof(options.Provider),
                options.Provider,
                EmbeddingOptions.Onnx,
                EmbeddingOptions.AzureVision,
                EmbeddingOptions.Bedrock,
                EmbeddingOptions.Vertex
            ),
            .. OneOf(nameof(options.Precision), options.Precision, ModelPrecision.Full, ModelPrecision.Int8),
            .. OneOf(nameof(options.Device), options.Device, ExecutionDevice.Auto, ExecutionDevice.Cpu, ExecutionDevice.Cuda),
            .. OneOf(nameof(options.Preprocessing), options.Preprocessing, EmbeddingOptions.Fast, EmbeddingOptions.Exact),
            .. Within(nameof(options.Workers), options.Workers, 0, 1024),
            .. Within(nameof(options.Threads), options.Threads, 1, 1024),
            .. Within(nameof(options.MaxBatch), options.MaxBatch, 1, 256),
            .. Within(nameof(options.QueueLength), options.QueueLength, 1, 1_000_000),
            .. options.MinAgreement is >= 0 and <= 1
                ? []
                : new[]
                {
                    string.Create(
                        null,
                        $"{EmbeddingOptions.Section}:{nameof(options.MinAgreement)} is {options.MinAgreement}; a number from 0 to 1 is allowed."
                    ),
                },
            .. string.IsNullOrWhiteSpace(options.Model)
                ? new[] { $"{EmbeddingOptions.Section}:{nameof(options.Model)} is empty; the name or folder of a model is allowed." }
                : [],
        ];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> OneOf(string setting, string value, params string[] allowed) =>
        allowed.Contains(value) ? [] : [$"{EmbeddingOptions.Section}:{setting} is '{value}'; allowed: {string.Join(", ", allowed)}."];

    private static IEnumerable<string> Within(string setting, int value, int least, int most) =>
        value >= least && value <= most
            ? []
            : [string.Create(null, $"{EmbeddingOptions.Section}:{setting} is {value}; a number from {least} to {most} is allowed.")];
}
