using System.Text.Json;

namespace Serverless.Embeddings.Tokenization;

/// <summary>Reads <c>tokenizer.json</c>. Unknown parts are refused by name: skipping them would give wrong vectors.</summary>
internal sealed partial class TokenizerJson(string path, JsonElement root)
{
    public const string FileName = "tokenizer.json";

    /// <summary>The file's own text length limit, if any.</summary>
    public int? MaxLength =>
        root.TryGetProperty("truncation", out var truncation) && truncation.ValueKind == JsonValueKind.Object
            ? truncation.GetProperty("max_length").GetInt32()
            : null;

    public int? PaddingId =>
        root.TryGetProperty("padding", out var padding) && padding.ValueKind == JsonValueKind.Object
            ? padding.GetProperty("pad_id").GetInt32()
            : null;

    public TextTokenizerParts Read()
    {
        var model = Model(Required(root, "model"));
        var (before, after) = PostProcessor(Optional(root, "post_processor"));
        return new TextTokenizerParts(
            model,
            [.. Normalizers(Optional(root, "normalizer"))],
            [.. PreTokenizers(Optional(root, "pre_tokenizer"))],
            [.. AddedTokens()],
            before,
            after
        );
    }

    private IEnumerable<AddedToken> AddedTokens()
    {
        if (Optional(root, "added_tokens") is not { } tokens)
        {
            yield break;
        }

        foreach (var token in tokens.EnumerateArray())
        {
            yield return new AddedToken(
                Required(token, "id").GetInt32(),
                Text(token, "content"),
                Flag(token, "single_word"),
                Flag(token, "lstrip"),
                Flag(token, "rstrip"),
                Flag(token, "normalized")
            );
        }
    }

    private (int[] Before, int[] After) PostProcessor(JsonElement? processor)
    {
        switch (processor is { } given ? Text(given, "type") : null)
        {
            case null or "ByteLevel":
                return ([], []);
            case "RobertaProcessing" or "BertProcessing":
                return ([Required(processor!.Value, "cls")[1].GetInt32()], [Required(processor.Value, "sep")[1].GetInt32()]);
            case "TemplateProcessing":
                return Template(processor!.Value);
            case "Sequence":
                var parts = Required(processor!.Value, "processors").EnumerateArray().Select(part => PostProcessor(part)).ToArray();
                return ([.. parts.Reverse().SelectMany(part => part.Before)], [.. parts.SelectMany(part => part.After)]);
            case var type:
                throw Unknown("post_processor", type);
        }
    }

    private (int[] Before, int[] After) Template(JsonElement processor)
    {
        var special = Required(processor, "special_tokens");
        var (before, after, seen) = (new List<int>(), new List<int>(), false);
        foreach (var piece in Required(processor, "single").EnumerateArray())
        {
            if (piece.TryGetProperty("Sequence", out _))
            {
                seen = true;
                continue;
            }

            var ids = Required(Required(special, Text(Required(piece, "SpecialToken"), "id")), "ids")
                .EnumerateArray()
                .Select(id => id.GetInt32());
            (seen ? after : before).AddRange(ids);
        }

        return ([.. before], [.. after]);
    }

    private ModelException Unknown(string part, string? type) => new(path, $"{part} of type {type} is not supported.");

    private JsonElement Required(JsonElement element, string name) =>
        Optional(element, name) ?? throw new ModelException(path, $"{name} is missing.");

    private static JsonElement? Optional(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    private string Text(JsonElement element, string name) =>
        Required(element, name) is { ValueKind: JsonValueKind.String } value
            ? value.GetString()!
            : throw new ModelException(path, $"{name} is not a string.");

    private static bool Flag(JsonElement element, string name, bool unset = false) =>
        Optional(element, name) is { } value ? value.ValueKind == JsonValueKind.True : unset;
}
