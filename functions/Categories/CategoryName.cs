using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Serverless.Embeddings.Tokenization;

namespace Serverless.Categories;

/// <summary>
/// Names of categories: they are part of addresses, of lists separated by commas and of filters, so few signs are allowed beside letters
/// and digits of any script.
/// </summary>
internal static partial class CategoryName
{
    public const int MostLetters = 64;

    public const string Rule =
        "1 to 64 letters, digits, single spaces and - _ ' & ( ), with a letter or digit at the start and no space at the end";

    /// <summary>In the form that is stored; null if it is not allowed.</summary>
    public static string? Parse(string? text) =>
        text is { Length: <= 4 * MostLetters }
        && UnicodeNormalization.Normalize(text.Trim(), compatible: false, compose: true) is { Length: <= MostLetters } name
        && Allowed().IsMatch(name)
            ? name
            : null;

    /// <summary>The key of its row; names that differ only in case share it.</summary>
    public static string KeyOf(string name) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name.ToLowerInvariant())))[..32];

    [GeneratedRegex(@"^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}_'&()-]| (?! ))*(?<! )\z")]
    private static partial Regex Allowed();
}
