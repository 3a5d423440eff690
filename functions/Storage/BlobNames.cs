using System.Text;

namespace Serverless.Storage;

/// <summary>
/// Handles names that the client library would send to another blob, or to none: it drops slashes at both ends, and resolves <c>.</c> and
/// <c>..</c>. Their slashes are marked in the name the library sees, and sent as <c>%2F</c> by <see cref="BlobNamePolicy"/>, so that the
/// exact name is addressed.
/// </summary>
internal static class BlobNames
{
    /// <summary>A character that does not occur in text; doubled, it stands for itself.</summary>
    private const char Mark = '\uFDD0';

    private const string EscapedMark = "%EF%B7%90";

    /// <summary>
    /// The canonical form of a name: the service treats a backslash as a slash. Null if no URL reaches a blob of that name.
    /// </summary>
    public static string? Normalized(string? name) =>
        name?.Replace('\\', '/') is { Length: > 0 } text && text is not ("." or "..") ? text : null;

    /// <summary>Whether the name's plain URL is another blob's, or none.</summary>
    public static bool IsUnplain(string name) =>
        name.StartsWith('/') || name.EndsWith('/') || name.Split('/').Any(segment => segment is "." or "..");

    /// <summary>The name to pass to the client library.</summary>
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

    /// <summary>The percent-encoded path to send, from one with marked names.</summary>
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
