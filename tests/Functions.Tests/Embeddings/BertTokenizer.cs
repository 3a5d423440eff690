using System.Text.Json.Nodes;

namespace Functions.Tests.Embeddings;

/// <summary>Tokenizer files as BERT's, and so Nomic's, over a small vocabulary of fragments.</summary>
internal static class BertTokenizer
{
    public static void Write(string folder)
    {
        var random = new Random(7);
        var words = Texts
            .Corpus.SelectMany(text => text.ToLowerInvariant().Split(' '))
            .Where(word => word.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        string[] pieces =
        [
            "[PAD]",
            "[UNK]",
            "[CLS]",
            "[SEP]",
            .. TokenizerFolders
                .Characters(words)
                .Where(_ => random.Next(20) > 0) // words with the rest are unknown
                .SelectMany(character => new[] { character, "##" + character })
                .Concat(TokenizerFolders.Fragments(words, "##").Where(fragment => random.Next(4) == 0 && !fragment.Any(char.IsSurrogate)))
                .Distinct(StringComparer.Ordinal),
        ];
        Directory.CreateDirectory(folder);
        File.WriteAllText(
            Path.Combine(folder, "tokenizer_config.json"),
            """{"tokenizer_class":"BertTokenizer","model_max_length":128,"pad_token":"[PAD]","unk_token":"[UNK]","cls_token":"[CLS]","sep_token":"[SEP]"}"""
        );
        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), Json(pieces).ToJsonString());
    }

    private static JsonObject Json(string[] pieces) =>
        new()
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = new JsonArray([.. Enumerable.Range(0, 4).Select(id => Added(id, pieces[id]))]),
            ["normalizer"] = JsonNode.Parse(
                """{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":null,"lowercase":true}"""
            ),
            ["pre_tokenizer"] = JsonNode.Parse("""{"type":"BertPreTokenizer"}"""),
            ["post_processor"] = JsonNode.Parse(
                """
                {"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"[CLS]","type_id":0}},{"Sequence":{"id":"A","type_id":0}},
                {"SpecialToken":{"id":"[SEP]","type_id":0}}],"pair":[],
                "special_tokens":{"[CLS]":{"id":"[CLS]","ids":[2],"tokens":["[CLS]"]},"[SEP]":{"id":"[SEP]","ids":[3],"tokens":["[SEP]"]}}}
                """
            ),
            ["decoder"] = null,
            ["model"] = new JsonObject
            {
                ["type"] = "WordPiece",
                ["unk_token"] = "[UNK]",
                ["continuing_subword_prefix"] = "##",
                ["max_input_chars_per_word"] = 100,
                ["vocab"] = new JsonObject(pieces.Select((piece, id) => KeyValuePair.Create(piece, (JsonNode?)id))),
            },
        };

    private static JsonObject Added(int id, string content) =>
        new()
        {
            ["id"] = id,
            ["content"] = content,
            ["single_word"] = false,
            ["lstrip"] = false,
            ["rstrip"] = false,
            ["normalized"] = false,
            ["special"] = true,
        };
}
