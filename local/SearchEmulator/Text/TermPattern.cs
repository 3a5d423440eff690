using System.Text;
using System.Text.RegularExpressions;
using SearchEmulator.Analysis;
using SearchEmulator.Http;

namespace SearchEmulator.Text;

/// <summary>Queries that stand for many terms: which of a field's terms do they mean?</summary>
internal static class TermPattern
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    public static Func<string, bool>? Of(TextQuery query, Analyzer analyzer)
    {
        switch (query)
        {
            case TextQuery.Prefix prefix:
                var start = analyzer.Normalize(prefix.Text);
                return term => term.StartsWith(start, StringComparison.Ordinal);
            case TextQuery.Wildcard wildcard:
                var pattern = new Regex(
                    WildcardExpression(analyzer.Normalize(wildcard.Pattern)),
                    RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
                );
                return pattern.IsMatch;
            case TextQuery.Expression expression:
                return Compile(expression.Pattern).IsMatch;
            case TextQuery.Fuzzy fuzzy:
                var text = analyzer.Normalize(fuzzy.Text);
                return term => WithinEdits(term, text, fuzzy.Edits);
            default:
                return null;
        }
    }

    private static Regex Compile(string pattern)
    {
        try
        {
            return new Regex($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Limit);
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            throw ServiceException.BadRequest($"Failed to parse query string: '{pattern}' is not a supported regular expression.");
        }
    }

    private static string WildcardExpression(string wildcard)
    {
        var pattern = new StringBuilder(@"\A");
        foreach (var c in wildcard)
        {
            pattern.Append(
                c switch
                {
                    '*' => ".*",
                    '?' => ".",
                    _ => Regex.Escape(c.ToString()),
                }
            );
        }

        return pattern.Append(@"\z").ToString();
    }

    /// <summary>Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours.</summary>
    internal static bool WithinEdits(string left, string right, int edits)
    {
        if (Math.Abs(left.Length - right.Length) > edits)
        {
            return false;
        }

        var (older, previous, current) = (new int[right.Length + 1], new int[right.Length + 1], new int[right.Length + 1]);
        for (var j = 0; j <= right.Length; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var same = left[i - 1] == right[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + same);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    current[j] = Math.Min(current[j], older[j - 2] + 1);
                }
            }

            (older, previous, current) = (previous, current, older);
        }

        return previous[right.Length] <= edits;
    }
}
