namespace SearchEmulator.Analysis;

/// <summary>`lowercase`.</summary>
internal sealed class LowerCaseFilter : TermFilter
{
    public override string Normalize(string term) => term.ToLowerInvariant();

    protected override string Change(string term) => term.ToLowerInvariant();
}
