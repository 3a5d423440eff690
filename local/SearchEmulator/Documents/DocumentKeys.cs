using System.Globalization;
using SearchEmulator.Definitions;

namespace SearchEmulator.Documents;

internal static class DocumentKeys
{
    /// <summary>The reason why a key is refused, or null for a good one.</summary>
    public static string? Fault(string key, bool allowUnsafe)
    {
        if (key.Length > Naming.MaxDocumentKey)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Invalid document key: '{key}'. Keys cannot be longer than {Naming.MaxDocumentKey} characters."
            );
        }

        if (allowUnsafe)
        {
            return null;
        }

        if (key[0] == '_')
        {
            return $"Invalid document key: '{key}'. Keys cannot start with a leading underscore.";
        }

        return key.All(Naming.IsKeyCharacter)
            ? null
            : $"Invalid document key: '{key}'. Keys can only contain letters, digits, underscore (_), dash (-), or equal sign (=). If the "
                + "keys in your source data contain other characters, we recommend encoding them with a URL-safe version of Base64 "
                + "before uploading them to your index.";
    }
}
