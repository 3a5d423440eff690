using System.Text.Json;

namespace Serverless.Embeddings.Tokenization;

internal sealed partial class TokenizerJson
{
    private TokenModel Model(JsonElement model) =>
        (Optional(model, "type")?.GetString() ?? Guess(model)) switch
        {
            "BPE" => BytePair(model),
            "Unigram" => Unigram(model),
            "WordPiece" => WordPiece(model),
            var type => throw Unknown("model", type),
        };

    /// <summary>Older files leave the type out.</summary>
    private static string? Guess(JsonElement model) =>
        Optional(model, "merges") is not null ? "BPE"
        : Optional(model, "unk_id") is not null ? "Unigram"
        : null;

    private UnigramModel Unigram(JsonElement model)
    {
        var entries = Required(model, "vocab").EnumerateArray().Select(entry => (entry[0].GetString()!, entry[1].GetDouble())).ToArray();
        if (Flag(model, "byte_fallback"))
        {
            throw new ModelException(path, "a Unigram model with byte_fallback is not supported.");
        }

        return Optional(model, "unk_id")?.GetInt32() is { } unknown && unknown >= 0 && unknown < entries.Length
            ? new UnigramModel(entries, unknown)
            : throw new ModelException(path, "unk_id does not name an entry of the vocabulary.");
    }

    private WordPieceModel WordPiece(JsonElement model)
    {
        var vocabulary = Pieces(model);
        var unknown = Text(model, "unk_token");
        return new WordPieceModel(
            vocabulary,
            vocabulary.TryGetValue(unknown, out var id)
                ? id
                : throw new ModelException(path, $"unk_token {unknown} is not in the vocabulary."),
            Text(model, "continuing_subword_prefix"),
            Required(model, "max_input_chars_per_word").GetInt32()
        );
    }

    private Dictionary<string, int> Pieces(JsonElement model) =>
        Required(model, "vocab")
            .EnumerateObject()
            .ToDictionary(entry => entry.Name, entry => entry.Value.GetInt32(), StringComparer.Ordinal);

    private BytePairModel BytePair(JsonElement model)
    {
        var vocabulary = Pieces(model);
        var prefix = Optional(model, "continuing_subword_prefix")?.GetString() ?? string.Empty;
        var unknown = Optional(model, "unk_token")?.GetString();
        return new BytePairModel(
            vocabulary,
            BytePairMerges.Index(path, vocabulary, prefix, Merges(model)),
            new BytePairOptions
            {
                Unknown =
                    unknown is null ? null
                    : vocabulary.TryGetValue(unknown, out var id) ? id
                    : throw new ModelException(path, $"unk_token {unknown} is not in the vocabulary."),
                FuseUnknown = Flag(model, "fuse_unk"),
                ByteFallback = Flag(model, "byte_fallback"),
                IgnoreMerges = Flag(model, "ignore_merges"),
                Prefix = prefix,
                Suffix = Optional(model, "end_of_word_suffix")?.GetString() ?? string.Empty,
            }
        );
    }

    private IEnumerable<(string Left, string Right)> Merges(JsonElement model)
    {
        foreach (var merge in Required(model, "merges").EnumerateArray())
        {
            yield return merge.ValueKind == JsonValueKind.Array ? (merge[0].GetString()!, merge[1].GetString()!)
            : merge.GetString()!.Split(' ') is [var left, var right] ? (left, right)
            : throw new ModelException(path, $"the merge '{merge}' is not two tokens.");
        }
    }
}
