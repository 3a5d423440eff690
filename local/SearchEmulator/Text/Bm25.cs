using System.Runtime.InteropServices;
using SearchEmulator.Definitions;

namespace SearchEmulator.Text;

/// <summary>Okapi BM25, as Lucene computes it, of one term or phrase in one field.</summary>
internal readonly struct Bm25
{
    private readonly float _top;
    private readonly float _constant;
    private readonly float _perLength;

    private Bm25(TextField field, int documents, IndexDefinition settings, float boost)
    {
        var rarity = Math.Log(1 + ((field.DocumentCount - documents + 0.5) / (documents + 0.5)));
        _top = (float)(boost * rarity * (settings.Bm25K1 + 1));
        _constant = (float)(settings.Bm25K1 * (1 - settings.Bm25B));
        _perLength = (float)(settings.Bm25K1 * settings.Bm25B / field.AverageLength);
    }

    public static void Add(SlotScores sum, TextField field, Postings documents, IndexDefinition settings, float boost)
    {
        var scoring = new Bm25(field, documents.Count, settings, boost);
        var slots = documents.Slots;
        var places = documents.Places;
        var lengths = field.Lengths;
        for (var i = 0; i < slots.Length; i++)
        {
            sum.Add(slots[i], scoring.Of(places[i].Count, lengths[slots[i]]));
        }
    }

    public static void Add(SlotScores sum, TextField field, List<(int Slot, int Count)> matches, IndexDefinition settings, float boost)
    {
        var scoring = new Bm25(field, matches.Count, settings, boost);
        foreach (var (slot, count) in CollectionsMarshal.AsSpan(matches))
        {
            sum.Add(slot, scoring.Of(count, field.Lengths[slot]));
        }
    }

    private float Of(int frequency, int length) => _top * frequency / (frequency + _constant + (_perLength * length));
}
