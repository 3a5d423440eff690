namespace SearchEmulator.Definitions;

internal static class Naming
{
    public const int MaxDocumentKey = 1024;
    private const int MaxName = 128;

    public static bool IsIndexName(string name) =>
        name.Length is >= 2 and <= MaxName
        && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_')
        && char.IsAsciiLetterOrDigit(name[0])
        && char.IsAsciiLetterOrDigit(name[^1])
        && !name.Contains("--", StringComparison.Ordinal)
        && !name.Contains("__", StringComparison.Ordinal);

    public static bool IsFieldName(string name) =>
        name.Length is >= 1 and <= MaxName
        && char.IsAsciiLetter(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
        && !name.StartsWith("azureSearch", StringComparison.OrdinalIgnoreCase);

    /// <summary>Names of analyzers and their parts.</summary>
    public static bool IsAnalysisName(string name) =>
        name.Length is >= 1 and <= MaxName
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '_')
        && char.IsAsciiLetterOrDigit(name[0])
        && char.IsAsciiLetterOrDigit(name[^1]);

    public static bool IsKeyCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '=';
}
