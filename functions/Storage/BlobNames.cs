using System.Text;

namespace Serverless.Storage;

/// <summary>
/// Names that the client library would send to another blob, or to none: it leaves out slashes at the ends, and takes <c>.</c>
/// and <c>..</c> for steps. Their slashes are marked in the name that the library sees, and sent as <c>%2F</c> by
/// <see cref="BlobNamePolicy"/>, so that such a name is addressed as it is.
/// </summary>
internal static class BlobNames
{
    /// <summary>A character that no text has; in a marked name it stands for itself where it is doubled.</summary>
    private const char Mark = '\uFDD0';

    private const string EscapedMark = "%EF%B7%90";

    /// <summary>
    /// The one form of a name: the service takes a backslash for a slash. Null where no address reaches a blob of that name.
    /// </summary>
    public static string? Normalized(string? name) =>
        name?.Replace('\\', '/') is { Length: > 0 } text && text is not ("." or "..") ? text : null;

    /// <summary>True for a name whose plain address is that of another blob, or of none.</summary>
    public static bool IsUnplain(string name) =>
        name.StartsWith('/') || name.EndsWith('/') || name.Split('/').Any(segment => segment is "." or "..");

    /// <summary>The name as the client library is given it.</summary>
    public static string Marked(string name)
    {
        if (!IsUnplain(name) && !name.Contains(Mark, StringComparison.Ordinal))
        {
            return name;
        }

        var marked = new StringBuilder(name.Length + 16);
        foreach (var letter in name)
        {
            marked.Append(
                letter == Mark ? $"{Mark}{Mark}"
                : letter == '/' ? $"{Mark}s"
                : letter
            );
        }

        return marked.ToString();
    }

    /// <summary>A percent-encoded path with marked names, as it is sent.</summary>
    public static string Unmarked(string path)
    {
        var at = path.IndexOf(EscapedMark, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return path;
        }

        var plain = new StringBuilder(path.Length);
        var from = 0;
        for (; at >= 0; at = path.IndexOf(EscapedMark, from, StringComparison.OrdinalIgnoreCase))
        {
            var after = at + EscapedMark.Length;
            var isSlash = after < path.Length && path[after] == 's';
            plain.Append(path, from, at - from).Append(isSlash ? "%2F" : EscapedMark);
            from = Math.Min(path.Length, after + (isSlash ? 1 : EscapedMark.Length));
        }

        return plain.Append(path, from, path.Length - from).ToString();
    }
}
