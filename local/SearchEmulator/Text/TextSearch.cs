using SearchEmulator.Definitions;
using SearchEmulator.Http;

namespace SearchEmulator.Text;

/// <summary>Runs a parsed text against the inverted lists: BM25 per term and field, summed.</summary>
internal sealed class TextSearch(TextIndex index, IReadOnlyList<TextField> fields, bool allTerms, IEnumerable<int> everySlot)
{
    /// <summary>Matching slots and their scores.</summary>
    public SlotScores Run(TextQuery query) => Evaluate(query) ?? SlotScores.Take();

    /// <summary>Null where the analyzers left nothing of the text: such a clause neither matches nor excludes.</summary>
    private SlotScores? Evaluate(TextQuery query)
    {
        switch (query)
        {
            case TextQuery.Everything:
                return Constant(everySlot, query.Boost);
            case TextQuery.Combined combined:
                return Combine(combined.Clauses)?.Scaled(query.Boost);
            default:
                SlotScores? total = null;
                foreach (var field in FieldsOf(query))
                {
                    total = Sum(total, EvaluateIn(field, query));
                }

                return total?.Scaled(query.Boost);
        }
    }

    private IEnumerable<TextField> FieldsOf(TextQuery query)
    {
        if (query.FieldPath is not { } path)
        {
            return fields;
        }

        return
        [
            index.Find(path)
                ?? throw ServiceException.BadRequest(
                    $"The query refers to '{path}', which is not a searchable field of the index. Parameter name: search"
                ),
        ];
    }

    private SlotScores? EvaluateIn(TextField field, TextQuery query)
    {
        if (TermPattern.Of(query, field.SearchAnalyzer) is { } pattern)
        {
            return query is TextQuery.Fuzzy
                ? field.Terms.Where(pattern).Aggregate(SlotScores.Take(), (sum, term) => Sum(sum, Score(field, term))!)
                : Constant(field.Terms.Where(pattern).SelectMany(term => field.Find(term)!.Keys).Distinct(), 1);
        }

        var text = query is TextQuery.Word word ? word.Text : ((TextQuery.Phrase)query).Text;
        var tokens = field.SearchAnalyzer.Analyze(text);
        return tokens.Count == 0 ? null
            : query is TextQuery.Phrase phrase && tokens.Count > 1 ? PhraseMatch.Score(field, tokens, phrase.Slop, this)
            : tokens.Count == 1 ? Score(field, tokens[0].Term)
            : Combine(tokens.Select(token => (allTerms ? Occurrence.Must : Occurrence.Should, (SlotScores?)Score(field, token.Term))));
    }

    private SlotScores? Combine(IReadOnlyList<Clause> clauses) =>
        Combine(clauses.Select(clause => (clause.Occurrence, Evaluate(clause.Query))));

    private static SlotScores? Combine(IEnumerable<(Occurrence Occurrence, SlotScores? Found)> clauses)
    {
        SlotScores? sum = null;
        var (required, excluded) = (new List<SlotScores>(), new List<SlotScores>());
        foreach (var (occurrence, found) in clauses.Where(clause => clause.Found is not null))
        {
            sum ??= SlotScores.Take();
            if (occurrence == Occurrence.MustNot)
            {
                excluded.Add(found!);
                continue;
            }

            sum.Add(found!);
            if (occurrence == Occurrence.Must)
            {
                required.Add(found!);
            }
            else
            {
                found!.Dispose();
            }
        }

        if (required.Count + excluded.Count > 0)
        {
            sum!.Keep(slot => required.TrueForAll(found => found.Contains(slot)) && !excluded.Exists(found => found.Contains(slot)));
            required.ForEach(found => found.Dispose());
            excluded.ForEach(found => found.Dispose());
        }

        return sum;
    }

    private SlotScores Score(TextField field, string term)
    {
        var scores = SlotScores.Take();
        if (field.Find(term) is { } documents)
        {
            var rarity = Rarity(field, documents.Count);
            foreach (var (slot, positions) in documents)
            {
                scores.Add(slot, Bm25(field, slot, positions.Count, rarity));
            }
        }

        return scores;
    }

    public static double Rarity(TextField field, int documentFrequency) =>
        Math.Log(1 + ((field.DocumentCount - documentFrequency + 0.5) / (documentFrequency + 0.5)));

    public float Bm25(TextField field, int slot, int frequency, double rarity)
    {
        IndexDefinition settings = index.Definition;
        var length = settings.Bm25K1 * (1 - settings.Bm25B + (settings.Bm25B * field.LengthOf(slot) / field.AverageLength));
        return (float)(rarity * frequency * (settings.Bm25K1 + 1) / (frequency + length));
    }

    private static SlotScores Constant(IEnumerable<int> slots, float score)
    {
        var scores = SlotScores.Take();
        foreach (var slot in slots)
        {
            scores.Add(slot, score);
        }

        return scores;
    }

    private static SlotScores? Sum(SlotScores? sum, SlotScores? more)
    {
        if (sum is null || more is null)
        {
            return sum ?? more;
        }

        sum.Add(more);
        more.Dispose();
        return sum;
    }
}
