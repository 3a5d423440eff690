using Serverless.Imaging.Metadata;

namespace Serverless.Api;

/// <summary>A text that a person wrote about an image.</summary>
internal static class EditedText
{
    /// <summary>On one line, without characters that have no shape; null where none was given, empty where it is to go.</summary>
    /// <exception cref="Refusal">It is too long.</exception>
    public static string? Checked(string? text, string name, int length) =>
        text is null ? null
        : text.Length > length ? throw Refusal.Invalid($"'{name}' has {text.Length:N0} characters: at most {length:N0} are kept.")
        : MetadataText.Clean(text, length) ?? "";
}
