using System.Globalization;
using Serverless.Embeddings.Tokenization;
using Serverless.Imaging.Metadata;

namespace Serverless.Search;

/// <summary>Normalises texts for documents and queries.</summary>
internal static class DocumentWords
{
    private const int MaxLength = 4000;

    /// <summary>
    /// Without invisible characters, and composed: some systems write é as a letter and a mark, which the service's folding does not
    /// handle. Null if nothing is left.
    /// </summary>
    public static string? Plain(string? text) => PlainWithin(text, MaxLength);

    /// <inheritdoc cref="Plain(string?)"/>
    public static string? PlainWithin(string? text, int length) =>
        MetadataText.Clean(text, length) is { } clean ? UnicodeNormalization.Normalize(clean, compatible: false, compose: true) : null;

    public static IReadOnlyList<string> Days(TakenTime taken) =>
        [taken.Time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), taken.Time.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)];
}
