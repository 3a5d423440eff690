using Serverless.Storage;

namespace Serverless.Api;

/// <summary>Validates upload paths: names that every storage client, shell and browser reads the same way.</summary>
internal static class UploadPath
{
    private const int MaxLength = 1024;
    private const int MaxFolders = 253;

    /// <exception cref="ProblemException">The name is missing or ambiguous.</exception>
    public static ImagePath Parse(string? text, string container)
    {
        var prefix = $"{container}/";
        var name = text?.StartsWith(prefix, StringComparison.Ordinal) == true ? text[prefix.Length..] : text;
        return string.IsNullOrEmpty(name) ? throw ProblemException.Invalid("Give the path to store it at: ?path=folder/name.jpg.")
            : Fault(name) is { } fault ? throw ProblemException.Invalid($"The path cannot be used: {fault}.")
            : new ImagePath(container, name);
    }

    /// <summary>Parses an image path; the container may be left out. Null if no blob can have it.</summary>
    public static ImagePath? Find(string? text, string container) =>
        string.IsNullOrEmpty(text) ? null
        : text.StartsWith($"{container}/", StringComparison.Ordinal) ? ImagePath.TryParse(text)
        : ImagePath.TryParse($"{container}/{text}");

    private static string? Fault(string name)
    {
        var segments = name.Split('/');
        return name.Length > MaxLength ? $"it has {name.Length:N0} characters, and at most {MaxLength:N0} are allowed"
            : segments.Length > MaxFolders + 1 ? $"it has more than {MaxFolders} folders"
            : name.Contains('\\', StringComparison.Ordinal) ? "it has a backslash; folders are separated by /"
            : name.Any(char.IsControl) ? "it has a control character"
            : segments.Any(segment => segment is "" or "." or "..") ? "a folder or the name is empty, '.' or '..'"
            : segments.Any(segment => segment.EndsWith('.')) ? "a folder or the name ends with a dot"
            : null;
    }
}
