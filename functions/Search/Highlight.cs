namespace Serverless.Search;

/// <summary>A part of a text, in UTF-16 code units.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How long it is.</param>
internal sealed record Mark(int Start, int Length);

/// <summary>A match in an image's text: the plain text, and the positions in it.</summary>
/// <param name="Field">
/// name, folders, title, headline, caption, altText, description, visibleText,
/// keywords, tags, properties, creator, copyright, camera, lens or taken.
/// </param>
/// <param name="Text">The text, or the part of it that has the words.</param>
/// <param name="Marks">Where the words are.</param>
internal sealed record Highlight(string Field, string Text, IReadOnlyList<Mark> Marks)
{
    /// <summary>Private-use characters, which no text in the index contains: markup could be confused with the texts' own.</summary>
    public const char Before = '\uE000';

    public const char After = '\uE001';

    private static readonly (string Field, string Shown, int Fragments)[] All =
    [
        ("name", "name", 1),
        ("title", "title", 1),
        ("caption", "caption", 2),
        ("altText", "altText", 1),
        ("description", "description", 2),
        ("visibleText", "visibleText", 2),
        ("headline", "headline", 1),
        ("keywords", "keywords", 8),
        ("tagWords", "tags", 8),
        ("folderNames", "folders", 3),
        ("dates", "taken", 1),
        ("properties", "properties", 3),
        ("creator", "creator", 1),
        ("camera", "camera", 1),
        ("lens", "lens", 1),
        ("copyright", "copyright", 1),
    ];

    /// <summary>Asks for the words in all texts, each field with its number of fragments.</summary>
    public static void Request(Azure.Search.Documents.SearchOptions options)
    {
        (options.HighlightPreTag, options.HighlightPostTag) = ($"{Before}", $"{After}");
        foreach (var (field, _, fragments) in All)
        {
            options.HighlightFields.Add($"{field}-{fragments}");
        }
    }

    public static IReadOnlyList<Highlight> Of(IDictionary<string, IList<string>>? found) =>
        found is null
            ? []
            :
            [
                .. from item in All
                where found.ContainsKey(item.Field)
                from fragment in found[item.Field].Take(item.Fragments)
                select Parse(item.Shown, fragment),
            ];

    private static Highlight Parse(string field, string fragment)
    {
        var text = new System.Text.StringBuilder(fragment.Length);
        var marks = new List<Mark>();
        var start = 0;
        foreach (var letter in fragment)
        {
            switch (letter)
            {
                case Before:
                    start = text.Length;
                    break;
                case After:
                    marks.Add(new Mark(start, text.Length - start));
                    break;
                default:
                    text.Append(letter);
                    break;
            }
        }

        return new Highlight(field, text.ToString(), marks);
    }
}
