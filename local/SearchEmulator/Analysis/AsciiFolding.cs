using System.Text;

namespace SearchEmulator.Analysis;

/// <summary>
/// Lucene's folding of letters and digits to ASCII, from a table of our own: without ICU the runtime takes nothing apart. Marks that are
/// characters of their own stay, and so does all of other scripts. Its symbols (such as ⑴ or ❨) are left out.
/// </summary>
internal static class AsciiFolding
{
    private static readonly Lazy<Dictionary<char, string>> Table = new(Load);

    public static string Fold(string term)
    {
        if (Ascii.IsValid(term))
        {
            return term;
        }

        var folded = new StringBuilder(term.Length);
        foreach (var c in term)
        {
            _ = !char.IsAscii(c) && Table.Value.TryGetValue(c, out var plain) ? folded.Append(plain) : folded.Append(c);
        }

        return folded.ToString();
    }

    /// <summary>Each line has what letters become, and those letters.</summary>
    private static Dictionary<char, string> Load()
    {
        using var stream = typeof(AsciiFolding).Assembly.GetManifestResourceStream("folding.txt")!;
        using var reader = new StreamReader(stream);
        var table = new Dictionary<char, string>();
        while (reader.ReadLine() is { } line)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            foreach (var letter in line.AsSpan(space + 1))
            {
                table.Add(letter, line[..space]);
            }
        }

        return table;
    }
}
