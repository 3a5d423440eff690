using System.Buffers;

namespace SearchEmulator.Analysis;

/// <summary>
/// A light stemmer: plurals, possessives and the commonest verb endings. Lucene's and Microsoft's English analyzers do more;
/// query and document go through the same steps, so ordinary inflections of a word still meet.
/// </summary>
internal static class EnglishStemmer
{
    private const int ShortestStem = 3;
    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    public static string Stem(string word)
    {
        word = WithoutPossessive(word);
        word = WithoutPlural(word);
        return WithoutVerbEnding(word);
    }

    private static string WithoutPossessive(string word) =>
        word.EndsWith("'s", StringComparison.Ordinal) || word.EndsWith("’s", StringComparison.Ordinal) ? word[..^2] : word;

    private static string WithoutPlural(string word)
    {
        if (word.Length <= ShortestStem || !word.EndsWith('s'))
        {
            return word;
        }

        if (word.EndsWith("ies", StringComparison.Ordinal))
        {
            return word.Length > 4 ? word[..^3] + "y" : word[..^1];
        }

        if (
            word.EndsWith("sses", StringComparison.Ordinal)
            || word.EndsWith("xes", StringComparison.Ordinal)
            || word.EndsWith("ches", StringComparison.Ordinal)
            || word.EndsWith("shes", StringComparison.Ordinal)
        )
        {
            return word[..^2];
        }

        return word[^2] is 's' or 'u' or 'i' ? word : word[..^1];
    }

    private static string WithoutVerbEnding(string word)
    {
        var cut =
            word.EndsWith("ing", StringComparison.Ordinal) ? 3
            : word.EndsWith("ed", StringComparison.Ordinal) ? 2
            : 0;
        if (cut == 0 || word.Length - cut < ShortestStem || !word.AsSpan(0, word.Length - cut).ContainsAny(Vowels))
        {
            return word.Length > ShortestStem + 1 && word.EndsWith('e') ? word[..^1] : word;
        }

        var stem = word[..^cut];
        return stem[^1] == stem[^2] && stem[^1] is not ('l' or 's' or 'z') ? stem[..^1] : stem;
    }
}
