namespace Serverless.Embeddings;

/// <summary>What the provider in use must do before its first embedding.</summary>
internal interface IModelPreparation
{
    /// <exception cref="ModelException">The model cannot be used as it is set.</exception>
    Task PrepareAsync(CancellationToken cancellation);
}
