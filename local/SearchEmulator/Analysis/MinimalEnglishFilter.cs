namespace SearchEmulator.Analysis;

/// <summary>`StemmerTokenFilter` for `minimalEnglish`: Harman's S stemmer, which takes off plurals and nothing else.</summary>
internal sealed class MinimalEnglishFilter : TermFilter
{
    protected override string Change(string term)
    {
        if (term.Length < 3 || term[^1] != 's')
        {
            return term;
        }

        return term[^2] switch
        {
            'u' or 's' => term,
            'e' when term.Length > 3 && term[^3] == 'i' && term[^4] is not ('a' or 'e') => term[..^3] + "y",
            'e' when term[^3] is 'i' or 'a' or 'o' or 'e' => term,
            _ => term[..^1],
        };
    }
}
