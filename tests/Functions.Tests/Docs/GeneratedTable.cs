using System.Text;
using Shared;

namespace Functions.Tests.Docs;

/// <summary>A table of a page in docs/ that is made of the code's own descriptions, between two comments of the page.</summary>
internal static class GeneratedTable
{
    private const string Variable = "WRITE_DOCS";

    /// <summary>Fails where the page says something else. <c>dotnet run --project tests -- docs</c> writes it anew instead.</summary>
    public static void Check(string page, string name, IEnumerable<string> lines)
    {
        var file = Path.Combine(RepositoryFolder.Path, "docs", page);
        var text = File.ReadAllText(file);
        var begin = $"<!-- {name}: generated, dotnet run --project tests -- docs -->\n";
        var end = $"<!-- end of {name} -->";
        var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var to = text.IndexOf(end, StringComparison.Ordinal);
        Assert.True(from >= begin.Length && to >= from, $"docs/{page} has no place for {name}.");

        var expected = string.Concat(lines.Select(line => line + "\n"));
        if (Environment.GetEnvironmentVariable(Variable) == "1")
        {
            File.WriteAllText(file, text[..from] + expected + text[to..], new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            return;
        }

        Assert.True(
            expected == text[from..to],
            $"docs/{page} no longer says what the code does. Write it anew: dotnet run --project tests -- docs"
        );
    }
}
