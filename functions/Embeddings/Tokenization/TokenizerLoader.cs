using System.Text.Json;

namespace Serverless.Embeddings.Tokenization;

/// <summary>Builds a model's tokenizer from the files in its folder.</summary>
internal static class TokenizerLoader
{
    private const int Undefined = 1_000_000; // "no limit" is written as a number with thirty digits
    private const int UsualLength = 77;

    public static TextTokenizer Load(string folder)
    {
        var path = Path.Combine(folder, TokenizerJson.FileName);
        try
        {
            if (!File.Exists(path))
            {
                return WithoutJson(folder);
            }

            using var json = ModelFile.ReadJson(path);
            var file = new TokenizerJson(path, json.RootElement);
            return Build(folder, path, file, file.Read());
        }
        catch (Exception exception)
            when (exception
                    is InvalidOperationException
                        or KeyNotFoundException
                        or FormatException
                        or IndexOutOfRangeException
                        or ArgumentException
            )
        {
            throw new ModelException(path, $"not a valid tokenizer file: {exception.Message}", exception);
        }
    }

    private static TextTokenizer WithoutJson(string folder)
    {
        foreach (
            var (file, load) in (ReadOnlySpan<(string, Func<string, TextTokenizerParts>)>)
                [(ClipVocabulary.VocabularyFile, ClipVocabulary.Load), (SentencePieceModel.FileName, SentencePieceModel.Load)]
        )
        {
            if (File.Exists(Path.Combine(folder, file)))
            {
                return Build(folder, Path.Combine(folder, file), null, load(folder));
            }
        }

        throw new ModelException(
            folder,
            $"no tokenizer: {TokenizerJson.FileName}, {ClipVocabulary.VocabularyFile} with {ClipVocabulary.MergesFile}, or "
                + $"{SentencePieceModel.FileName} is needed."
        );
    }

    private static TextTokenizer Build(string folder, string path, TokenizerJson? file, TextTokenizerParts parts)
    {
        var length = Lengths(folder, file).DefaultIfEmpty(UsualLength).Min();
        return length > parts.Before.Count + parts.After.Count
            ? new TextTokenizer(parts, length, PaddingId(folder, file, parts))
            : throw new ModelException(path, $"a length of {length} tokens leaves no space for text.");
    }

    private static IEnumerable<int> Lengths(string folder, TokenizerJson? file)
    {
        if (file?.MaxLength is { } own)
        {
            yield return own;
        }

        if (Number(Path.Combine(folder, "tokenizer_config.json"), "model_max_length") is { } declared)
        {
            yield return declared;
        }

        if (Number(Path.Combine(folder, "config.json"), "text_config", "max_position_embeddings") is { } positions)
        {
            yield return positions;
        }
    }

    private static int PaddingId(string folder, TokenizerJson? file, TextTokenizerParts parts)
    {
        if (file?.PaddingId is { } own)
        {
            return own;
        }

        var path = Path.Combine(folder, "tokenizer_config.json");
        if (File.Exists(path))
        {
            using var json = ModelFile.ReadJson(path);
            if (
                json.RootElement.TryGetProperty("pad_token", out var token)
                && (token.ValueKind == JsonValueKind.Object ? token.GetProperty("content") : token).GetString() is { } content
            )
            {
                return parts.AddedTokens.FirstOrDefault(added => added.Content == content)?.Id
                    ?? (
                        parts.Model.Vocabulary.TryGetValue(content, out var id)
                            ? id
                            : throw new ModelException(path, $"pad_token {content} is not a token of the vocabulary.")
                    );
            }
        }

        return Number(Path.Combine(folder, "config.json"), "text_config", "pad_token_id") ?? 0;
    }

    private static int? Number(string path, params string[] keys)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var json = ModelFile.ReadJson(path);
        var value = json.RootElement;
        foreach (var key in keys)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(key, out value))
            {
                return null;
            }
        }

        return value.ValueKind == JsonValueKind.Number && value.GetDouble() is > 0 and < Undefined ? value.GetInt32()
            : value.ValueKind == JsonValueKind.Number && value.GetDouble() == 0 ? 0
            : null;
    }
}
