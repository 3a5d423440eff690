using SearchEmulator.Definitions;
using SearchEmulator.Storage;
using SearchEmulator.Text;
using SearchEmulator.Values;

namespace SearchEmulator.Documents;

/// <summary>
/// All documents of an index in memory. Every version has a slot of its own; a version that was written becomes visible to queries when
/// its time comes, and the slot of the version that it replaces is then free again. Not safe for concurrent use: see SearchIndex.
/// </summary>
internal sealed class DocumentTable
{
    private readonly Dictionary<string, Document> _latest = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _visibleSlots = new(StringComparer.Ordinal);
    private readonly Queue<Pending> _pending = new();
    private readonly Stack<int> _free = new();
    private Document?[] _visible = new Document?[64];
    private int _slots;
    private TextIndex? _text;

    public DocumentTable(IndexDefinition definition)
    {
        Definition = definition;
        AddVectorColumns();
    }

    public IndexDefinition Definition { get; private set; }

    public VectorColumns Vectors { get; } = new();

    public int VisibleCount { get; private set; }

    public int LatestCount => _latest.Count;

    public ReadOnlySpan<Document?> Visible => _visible.AsSpan(0, _slots);

    public IEnumerable<Document> Latest => _latest.Values;

    public DateTimeOffset NextDue => _pending.TryPeek(out var pending) ? pending.Due : DateTimeOffset.MaxValue;

    public TextIndex? Text => _text;

    public Document? Find(string key) => _latest.GetValueOrDefault(key);

    public Document? VisibleAt(int slot) => _visible[slot];

    /// <returns>Null where no version of the document is visible.</returns>
    public int? VisibleSlot(string key) => _visibleSlots.TryGetValue(key, out var slot) ? slot : null;

    /// <summary>The values of a document with its vectors in place, independent of the table.</summary>
    public object?[] Detach(Document document)
    {
        var values = (object?[])document.Values.Clone();
        foreach (var field in Definition.VectorFields)
        {
            if (values[field.Ordinal] is StoredVector)
            {
                values[field.Ordinal] = Vectors[field.Name].Read(document.Slot).ToArray();
            }
        }

        return values;
    }

    public void Apply(IEnumerable<DocumentChange> changes, DateTimeOffset due)
    {
        foreach (var change in changes)
        {
            var replaced = Find(change.Key);
            if (change.Values is null)
            {
                _latest.Remove(change.Key);
                if (replaced is not null)
                {
                    _pending.Enqueue(new Pending(due, null, replaced));
                }

                continue;
            }

            var document = Store(change.Key, change.Values);
            _latest[change.Key] = document;
            _pending.Enqueue(new Pending(due, document, replaced));
        }
    }

    public void Publish(DateTimeOffset now)
    {
        while (_pending.TryPeek(out var pending) && pending.Due <= now)
        {
            _pending.Dequeue();
            if (pending.Removed is { } removed)
            {
                Hide(removed);
            }

            if (pending.Added is { } added)
            {
                _visible[added.Slot] = added;
                _visibleSlots[added.Key] = added.Slot;
                VisibleCount++;
                _text?.Add(added);
            }
        }
    }

    /// <summary>Built when first needed: an index that is never searched by words does not pay for it.</summary>
    public void BuildText()
    {
        if (_text is null)
        {
            var text = new TextIndex(Definition);
            foreach (var document in Visible)
            {
                if (document is not null)
                {
                    text.Add(document);
                }
            }

            _text = text;
        }
    }

    /// <summary>Fields keep their values by name; new ones start empty.</summary>
    public void ChangeDefinition(IndexDefinition definition)
    {
        var old = Definition;
        var moved = new Dictionary<Document, Document>(ReferenceEqualityComparer.Instance);
        Document Move(Document document)
        {
            if (!moved.TryGetValue(document, out var changed))
            {
                changed = document with { Values = FieldMapping.Map(document.Values, old.Fields, definition.Fields) };
                moved[document] = changed;
            }

            return changed;
        }

        foreach (var (key, document) in _latest.ToList())
        {
            _latest[key] = Move(document);
        }

        for (var slot = 0; slot < _slots; slot++)
        {
            _visible[slot] = _visible[slot] is { } document ? Move(document) : null;
        }

        for (var left = _pending.Count; left > 0; left--)
        {
            var pending = _pending.Dequeue();
            _pending.Enqueue(
                pending with
                {
                    Added = pending.Added is { } added ? Move(added) : null,
                    Removed = pending.Removed is { } removed ? Move(removed) : null,
                }
            );
        }

        Definition = definition;
        _text = null;
        AddVectorColumns();
    }

    private Document Store(string key, object?[] values)
    {
        if (!_free.TryPop(out var slot))
        {
            slot = _slots++;
            if (slot == _visible.Length)
            {
                Array.Resize(ref _visible, _visible.Length * 2);
            }
        }

        var stored = (object?[])values.Clone();
        foreach (var field in Definition.VectorFields)
        {
            if (stored[field.Ordinal] is float[] vector)
            {
                Vectors[field.Name].Write(slot, vector);
                stored[field.Ordinal] = StoredVector.Instance;
            }
        }

        return new Document(key, slot, stored);
    }

    private void Hide(Document document)
    {
        if (_visible[document.Slot] is not null)
        {
            _visible[document.Slot] = null;
            _visibleSlots.Remove(document.Key);
            VisibleCount--;
            _text?.Remove(document);
        }

        foreach (var field in Definition.VectorFields)
        {
            Vectors[field.Name].Clear(document.Slot);
        }

        _free.Push(document.Slot);
    }

    private void AddVectorColumns()
    {
        foreach (var field in Definition.VectorFields)
        {
            Vectors.Add(field);
        }
    }

    private sealed record Pending(DateTimeOffset Due, Document? Added, Document? Removed);
}
