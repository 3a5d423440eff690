using System.Text.RegularExpressions;

namespace Serverless.Embeddings.Tokenization;

internal static class TokenizerRegex
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(2);

    public static Regex Create(string path, string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, MatchTimeout);
        }
        catch (ArgumentException exception)
        {
            throw new ModelException(path, $"the expression '{pattern}' is not supported: {exception.Message}", exception);
        }
    }

    /// <summary>The matches as (start, end) in the text itself.</summary>
    public static IEnumerable<(int Start, int End)> Spans(this Regex regex, string text)
    {
        var points = new CodePoints(text);
        for (var match = regex.Match(points.Shadow); match.Success; match = match.NextMatch())
        {
            if (match.Length > 0)
            {
                yield return (points.Offset(match.Index), points.Offset(match.Index + match.Length));
            }
        }
    }
}
