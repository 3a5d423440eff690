using System.Globalization;
using System.Text;
using SearchEmulator.Analysis;
using SearchEmulator.Http;

namespace SearchEmulator.Text;

/// <summary>
/// Marks the words of a text that the query asked for. A fragment is a sentence; the service cuts its fragments by rules of its own.
/// </summary>
internal sealed class Highlighter(TextIndex index, TextQuery query, IReadOnlyList<string> searched, string before, string after)
{
    private const int DefaultFragments = 5;

    private readonly Dictionary<string, WantedTerms> _wanted = new(StringComparer.Ordinal);

    /// <summary>`title` or `title-2`: a path and how many fragments at most.</summary>
    public static (string Path, int Fragments) ParseField(string text, TextIndex index)
    {
        var dash = text.LastIndexOf('-');
        var (path, fragments) =
            dash > 0 && int.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? (text[..dash], number)
                : (text, DefaultFragments);
        return index.Find(path) is null
            ? throw ServiceException.BadRequest(
                $"The field '{path}' in the highlight field list is not a searchable text field.\r\nParameter name: highlight"
            )
            : (path, fragments);
    }

    /// <param name="texts">Read only where the document has one of the words here.</param>
    public List<string> Fragments(string path, int most, int slot, Func<IEnumerable<string>> texts)
    {
        var field = index.Find(path)!;
        if (!_wanted.TryGetValue(path, out var wanted))
        {
            _wanted[path] = wanted = WantedTerms.Of(query, field, searched);
        }

        return wanted.MayBeIn(slot, field) ? [.. texts().SelectMany(text => Mark(text, field, wanted)).Take(most)] : [];
    }

    private IEnumerable<string> Mark(string text, TextField field, WantedTerms wanted)
    {
        var marks = Merged(field.IndexAnalyzer.Analyze(text).Where(token => wanted.Contains(token.Term)));
        var next = 0;
        foreach (var (start, end) in Sentences(text))
        {
            var fragment = new StringBuilder();
            var position = start;
            for (; next < marks.Count && marks[next].Start < end; next++)
            {
                var mark = marks[next];
                fragment
                    .Append(text, position, mark.Start - position)
                    .Append(before)
                    .Append(text, mark.Start, mark.End - mark.Start)
                    .Append(after);
                position = mark.End;
            }

            if (fragment.Length > 0)
            {
                var tail = Math.Max(0, end - position);
                yield return fragment.Append(text, position, tail).ToString().Trim();
            }
        }
    }

    /// <summary>Terms can have the same place in a text, and one can reach over another.</summary>
    private static List<(int Start, int End)> Merged(IEnumerable<Token> tokens)
    {
        var marks = new List<(int Start, int End)>();
        foreach (var token in tokens.OrderBy(token => token.Start))
        {
            var end = token.Start + token.Length;
            if (marks.Count > 0 && token.Start < marks[^1].End)
            {
                marks[^1] = (marks[^1].Start, Math.Max(marks[^1].End, end));
            }
            else
            {
                marks.Add((token.Start, end));
            }
        }

        return marks;
    }

    private static IEnumerable<(int Start, int End)> Sentences(string text)
    {
        var start = 0;
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (text[i] is '.' or '!' or '?' or '\n' && char.IsWhiteSpace(text[i + 1]))
            {
                yield return (start, i + 1);
                start = i + 1;
            }
        }

        yield return (start, text.Length);
    }
}
