namespace Serverless.Embeddings.Tokenization;

/// <summary>Forms the tokens within one word.</summary>
internal abstract class TokenModel(IReadOnlyDictionary<string, int> vocabulary)
{
    public IReadOnlyDictionary<string, int> Vocabulary { get; } = vocabulary;

    public abstract void Tokenize(string word, List<int> ids);
}
