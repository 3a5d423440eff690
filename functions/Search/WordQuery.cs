using System.Text;

namespace Serverless.Search;

/// <summary>
/// Turns a query's words into service queries. User input is never syntax: each word is a quoted phrase that it cannot end, and each
/// field's analyzer splits it.
/// </summary>
internal sealed class WordQuery
{
    private const int MaxTerms = 32;
    private const int MaxTermLength = 128;

    /// <summary>Filler words around what people look for. Ignored unless there is nothing else.</summary>
    private static readonly HashSet<string> Fillers = new(
        (
            "a an the of in on at to by for from with and or my our some any all photo photos picture pictures pic pics image images "
            + "taken showing "
            + "der die das den dem ein eine einen und mit von vom im am auf aus bei foto fotos bild bilder "
            + "le la les un une des de du et avec dans sur à au aux photographie "
            + "el los las una unos y con en del al imagen imágenes il lo gli i di da nel nella e su o os as um uma do no na"
        ).Split(' '),
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>The searched fields and their weights.</summary>
    private static readonly (string Field, int Weight)[] Fields =
    [
        ("name", 6),
        ("keywords", 6),
        ("tagWords", 6),
        ("title", 5),
        ("caption", 4),
        ("altText", 4),
        ("headline", 4),
        ("description", 3),
        ("visibleText", 3),
        ("folderNames", 3),
        ("dates", 3),
        ("properties", 3),
        ("creator", 2),
        ("camera", 2),
        ("lens", 1),
        ("copyright", 1),
    ];

    private readonly string spelled;

    private WordQuery(IReadOnlyList<string> terms)
    {
        Terms = terms;
        spelled = Letters(string.Concat(terms));
        Any = string.Join(' ', terms.Select(term => $"words:\"{term}\"^4 {InFields(term)}"));
        Begun = terms.Count == 1 ? null : string.Join(' ', terms.Select(term => $"+(words:\"{term}\"^4 {InFields(term)})"));
        All = string.Join(' ', terms.Select(term => $"+words:\"{term}\"^4").Concat(terms.Select(InFields)));
    }

    public IReadOnlyList<string> Terms { get; }

    /// <summary>Full Lucene syntax: images with any of the words or prefixes; more and rarer ones count more.</summary>
    public string Any { get; }

    /// <summary>Images with all of the words or prefixes; null if that equals <see cref="Any"/>.</summary>
    public string? Begun { get; }

    /// <summary>Images with all of the words as whole words.</summary>
    public string All { get; }

    /// <summary>Null if the text has no words.</summary>
    public static WordQuery? Of(string? text)
    {
        var terms = (DocumentWords.Plain(text) ?? "")
            .Split([' ', '/', '\\', '"', '<', '>', '|', ';'], StringSplitOptions.RemoveEmptyEntries)
            .Where(term => term.EnumerateRunes().Any(Rune.IsLetterOrDigit))
            .Select(term => term.Length <= MaxTermLength ? term : term[..MaxTermLength])
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(MaxTerms)
            .ToList();
        var telling = terms.Where(term => !Fillers.Contains(term.Trim(',', '.', '!', '?', ':'))).ToList();
        return terms.Count == 0 ? null : new WordQuery(telling.Count > 0 ? telling : terms);
    }

    /// <summary>Whether a name (with or without extension), title, keyword or tag equals the query.</summary>
    public bool IsWhole(ImageDocument document) =>
        new[] { document.Name, System.IO.Path.GetFileNameWithoutExtension(document.Name), document.Title }
            .Concat(document.Keywords)
            .Concat(document.Tags)
            .Any(value => value is not null && Letters(value).Equals(spelled, StringComparison.OrdinalIgnoreCase));

    private static string InFields(string term) => string.Join(' ', Fields.Select(field => $"{field.Field}:\"{term}\"^{field.Weight}"));

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
}
