using System.Text.RegularExpressions;

namespace Shared;

/// <summary>A C# file of a project: its folder, what it declares and what it mentions.</summary>
internal sealed partial class SourceFile
{
    /// <summary>Stands for the project's own folder.</summary>
    public const string Root = ".";

    private readonly string code;

    /// <param name="path">From the project's folder, with slashes.</param>
    public SourceFile(string path, string text)
    {
        Path = path;
        Folder = path.Contains('/', StringComparison.Ordinal) ? path[..path.IndexOf('/', StringComparison.Ordinal)] : Root;
        code = Noise().Replace(text, match => match.Value.StartsWith('$') ? match.Value : " ");
        Types = TypeDeclaration().Matches(code).Select(match => match.Groups["name"].Value).ToHashSet();
        Extensions = ExtensionDeclaration().Matches(code).Select(match => match.Groups["name"].Value).ToHashSet();
    }

    public string Path { get; }

    /// <summary>The first folder of the path, or <see cref="Root"/>.</summary>
    public string Folder { get; }

    /// <summary>The types declared outside of any other.</summary>
    public IReadOnlySet<string> Types { get; }

    public IReadOnlySet<string> Extensions { get; }

    public bool MentionsType(string name) => Regex.IsMatch(code, $@"(?<![\w.]){name}\b");

    public bool CallsExtension(string name) => Regex.IsMatch(code, $@"\.{name}\s*[(<]");

    /// <summary>What follows a namespace and its dot, as "Storage" in "using Product.Storage;".</summary>
    public IEnumerable<string> MembersOf(string name) =>
        Regex.Matches(code, $@"(?<![\w.]){Regex.Escape(name)}\.(\w+)").Select(match => match.Groups[1].Value).Distinct();

    // Comments and literals; interpolated strings stay, for there is code in them.
    [GeneratedRegex(
        """
            \$*("{3,}).*?\1 | \$?@\$?"(?:[^"]|"")*" | \$?"(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\[^\n]{1,9}?)' | //[^\n]* | /\*.*?\*/
            """,
        RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Noise();

    // Namespaces are file-scoped, so what is indented is nested.
    [GeneratedRegex(@"^(?:[a-z]+ )*(?:(?:class|record|struct|interface|enum) |delegate [^(]*?)(?<name>[A-Z]\w*)", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"\b(?<name>\w+)(?:<[^>(]*>)?\(\s*this ")]
    private static partial Regex ExtensionDeclaration();
}
