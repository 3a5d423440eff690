using System.Text.Json;

namespace Serverless.Embeddings.Tokenization;

/// <summary>CLIP's tokenizer from its older pair of files, <c>vocab.json</c> and <c>merges.txt</c>, which say less than
/// <c>tokenizer.json</c>: the other steps are CLIP's fixed ones.</summary>
internal static class ClipVocabulary
{
    public const string VocabularyFile = "vocab.json";
    public const string MergesFile = "merges.txt";

    private const string Start = "<|startoftext|>";
    private const string End = "<|endoftext|>";
    private const string Suffix = "</w>";
    private const string Words = @"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+";

    public static TextTokenizerParts Load(string folder)
    {
        var path = Path.Combine(folder, VocabularyFile);
        using var json = ModelFile.ReadJson(path);
        var vocabulary = json
            .RootElement.EnumerateObject()
            .ToDictionary(entry => entry.Name, entry => entry.Value.GetInt32(), StringComparer.Ordinal);
        if (!vocabulary.TryGetValue(Start, out var start) || !vocabulary.TryGetValue(End, out var end))
        {
            throw new ModelException(path, $"{Start} and {End} are not in the vocabulary.");
        }

        var merges = BytePairMerges.Index(Path.Combine(folder, MergesFile), vocabulary, string.Empty, Merges(folder));
        return new TextTokenizerParts(
            new BytePairModel(vocabulary, merges, new BytePairOptions { Unknown = end, Suffix = Suffix }),
            [
                new UnicodeNormalizer(Compatible: false, Compose: true),
                new ReplaceMatches(TokenizerRegex.Create(path, @"\s+"), " "),
                new LowercaseNormalizer(),
            ],
            [
                new SplitPreTokenizer(TokenizerRegex.Create(path, Words), SplitBehavior.Removed, Invert: true),
                new ByteLevelPreTokenizer(false, null),
            ],
            [Special(start, Start, normalized: true), Special(end, End, normalized: false)],
            [start],
            [end]
        );
    }

    private static IEnumerable<(string Left, string Right)> Merges(string folder)
    {
        var path = ModelFile.Existing(Path.Combine(folder, MergesFile));
        foreach (var line in File.ReadLines(path).Where(line => line.Length > 0 && !line.StartsWith("#version", StringComparison.Ordinal)))
        {
            yield return line.Split(' ') is [var left, var right]
                ? (left, right)
                : throw new ModelException(path, $"the line '{line}' is not a merge.");
        }
    }

    // The opening token is matched case-insensitively, the closing one exactly: that is how the tokenizer was published.
    private static AddedToken Special(int id, string content, bool normalized) =>
        new(id, content, SingleWord: false, LeftStrip: false, RightStrip: false, normalized);
}
