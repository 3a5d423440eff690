namespace SearchEmulator.Analysis;

/// <summary>`asciifolding`.</summary>
internal sealed class AsciiFoldingFilter : TermFilter
{
    public override string Normalize(string term) => AsciiFolding.Fold(term);

    protected override string Change(string term) => AsciiFolding.Fold(term);
}
