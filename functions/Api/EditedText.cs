using Serverless.Imaging.Metadata;

namespace Serverless.Api;

/// <summary>A text that a person wrote about an image.</summary>
internal static class EditedText
{
    /// <summary>One line, without invisible characters; null if not given, empty to remove it.</summary>
    /// <exception cref="ProblemException">It is too long.</exception>
    public static string? Checked(string? text, string name, int length) =>
        text is null ? null
        : text.Length > length
            ? throw ProblemException.Invalid($"'{name}' has {text.Length:N0} characters: at most {length:N0} are allowed.")
        : MetadataText.Clean(text, length) ?? "";
}
