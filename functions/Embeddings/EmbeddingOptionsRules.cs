using Microsoft.Extensions.Options;

namespace Serverless.Embeddings;

/// <summary>Validates each setting.</summary>
[OptionsValidator]
internal sealed partial class EmbeddingOptionsRules : IValidateOptions<EmbeddingOptions>;
