using SearchEmulator.Definitions;
using SearchEmulator.Values;

namespace SearchEmulator.Text;

/// <summary>The inverted lists of all searchable text fields of an index.</summary>
internal sealed class TextIndex
{
    private readonly Dictionary<string, TextField> _fields;

    public TextIndex(IndexDefinition definition)
    {
        Definition = definition;
        _fields = definition
            .Leaves()
            .Where(field => field.Searchable && field.Type.Kind == EdmKind.String)
            .ToDictionary(field => field.Path, field => new TextField(field, definition.Analyzers), StringComparer.Ordinal);
    }

    public IndexDefinition Definition { get; }

    public IEnumerable<TextField> Fields => _fields.Values;

    public TextField? Find(string path) => _fields.GetValueOrDefault(path);

    public void Add(Document document)
    {
        foreach (var field in _fields.Values)
        {
            field.Add(document.Slot, TextValues.Of(document.Values, field.Field.Path, Definition));
        }
    }

    public void Remove(Document document)
    {
        foreach (var field in _fields.Values)
        {
            field.Remove(document.Slot, TextValues.Of(document.Values, field.Field.Path, Definition));
        }
    }
}
