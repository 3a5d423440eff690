using System.Text.Json;
using SearchEmulator.Documents;
using SearchEmulator.Text;
using SearchEmulator.Values;

namespace SearchEmulator.Queries;

/// <summary>The `@search.highlights` of each result; absent where nothing of the document's text was asked for.</summary>
internal sealed class Highlights
{
    private readonly DocumentTable _table;
    private readonly Highlighter _highlighter;
    private readonly List<(string Path, int Fragments)> _fields;

    private Highlights(SearchRequest request, DocumentTable table)
    {
        _table = table;
        var query = request.FullSyntax
            ? LuceneQueryParser.Parse(request.Search!, request.AllTerms)
            : SimpleQueryParser.Parse(request.Search!, request.AllTerms);
        _highlighter = new Highlighter(table.Text!, query, request.SearchFields, request.HighlightPreTag, request.HighlightPostTag);
        _fields = [.. request.Highlight.Select(text => Highlighter.ParseField(text, table.Text!))];
    }

    public static Highlights? Of(SearchRequest request, DocumentTable table) =>
        request.Highlight.Count > 0 && request.HasText ? new Highlights(request, table) : null;

    public void Write(Utf8JsonWriter json, Document document)
    {
        var found = _fields
            .Select(field =>
                (
                    field.Path,
                    Fragments: _highlighter.Fragments(
                        field.Path,
                        field.Fragments,
                        document.Slot,
                        () => TextValues.Of(document.Values, field.Path, _table.Definition)
                    )
                )
            )
            .Where(field => field.Fragments.Count > 0)
            .ToList();
        if (found.Count == 0)
        {
            return;
        }

        json.WriteStartObject("@search.highlights");
        foreach (var (path, fragments) in found)
        {
            json.WriteStartArray(path);
            foreach (var fragment in fragments)
            {
                json.WriteStringValue(fragment);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
