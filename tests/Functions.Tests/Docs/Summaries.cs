using System.Text.RegularExpressions;
using Shared;

namespace Functions.Tests.Docs;

/// <summary>
/// The summaries above the properties of a class, as Markdown. They are read from the source: the build writes no XML file.
/// </summary>
internal sealed partial class Summaries
{
    private readonly string source;

    public Summaries(Type type)
    {
        var folder = type.Namespace!["Serverless.".Length..].Replace('.', Path.DirectorySeparatorChar);
        var declaration = $" class {type.Name}\n";
        source = Directory
            .EnumerateFiles(Path.Combine(RepositoryFolder.Path, "functions", folder), "*.cs")
            .Select(File.ReadAllText)
            .Single(text => text.Contains(declaration, StringComparison.Ordinal));
    }

    public string Of(string property)
    {
        var match = Regex.Match(
            source,
            $@"(?<summary>(?:^ +///.*\n)+)(?:^ +\[.*\n)*^ +public [\w?<>]+ {property} ",
            RegexOptions.Multiline | RegexOptions.ExplicitCapture
        );
        return match.Success ? Text(match.Groups["summary"].Value) : "";
    }

    private static string Text(string lines)
    {
        var text = Spaces().Replace(Slashes().Replace(lines, ""), " ");
        text = Reference().Replace(text, match => $"`{match.Groups["name"].Value.Split('.')[^1]}`");
        return Tags().Replace(text.Replace("<c>", "`", StringComparison.Ordinal).Replace("</c>", "`", StringComparison.Ordinal), "").Trim();
    }

    [GeneratedRegex("^ *///", RegexOptions.Multiline)]
    private static partial Regex Slashes();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("<see cref=\"(?<name>[^\"]*)\" ?/>")]
    private static partial Regex Reference();

    [GeneratedRegex("</?summary>")]
    private static partial Regex Tags();
}
