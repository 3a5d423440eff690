namespace SearchEmulator.Analysis;

/// <summary>A step of a custom analyzer after its tokenizer. The tokens come in the order of their positions.</summary>
internal abstract class TokenFilter
{
    public abstract IEnumerable<Token> Apply(IEnumerable<Token> tokens);

    /// <summary>What it does to the text of a prefix or a pattern, which is not split: nothing, for most.</summary>
    public virtual string Normalize(string term) => term;
}

/// <summary>A filter that changes each term on its own.</summary>
internal abstract class TermFilter : TokenFilter
{
    public override IEnumerable<Token> Apply(IEnumerable<Token> tokens) => tokens.Select(token => token with { Term = Change(token.Term) });

    protected abstract string Change(string term);
}
