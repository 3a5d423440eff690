namespace Serverless.Embeddings;

/// <summary>The current provider's preparation before its first embedding.</summary>
internal interface IModelPreparation
{
    /// <exception cref="ModelException">The configured model cannot be used.</exception>
    Task PrepareAsync(CancellationToken cancellation);
}
