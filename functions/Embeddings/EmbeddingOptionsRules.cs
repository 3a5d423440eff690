using Microsoft.Extensions.Options;

namespace Serverless.Embeddings;

/// <summary>What the settings may be, each by itself.</summary>
[OptionsValidator]
internal sealed partial class EmbeddingOptionsRules : IValidateOptions<EmbeddingOptions>;
