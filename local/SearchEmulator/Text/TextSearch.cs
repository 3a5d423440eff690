using SearchEmulator.Analysis;
using SearchEmulator.Http;

namespace SearchEmulator.Text;

/// <summary>Runs a parsed text against the inverted lists: BM25 per term and field, summed.</summary>
internal sealed class TextSearch(TextIndex index, IReadOnlyList<TextField> fields, bool allTerms, Func<IEnumerable<int>> everySlot)
{
    private readonly Dictionary<(Analyzer, string), List<Token>> _analysed = [];

    /// <summary>Matching slots and their scores.</summary>
    public SlotScores Run(TextQuery query)
    {
        var scores = SlotScores.Take();
        AddTo(scores, query, 1);
        return scores;
    }

    /// <returns>False where the analyzers left nothing of the text: such a clause neither matches nor excludes.</returns>
    private bool AddTo(SlotScores sum, TextQuery query, float boost)
    {
        boost *= query.Boost;
        switch (query)
        {
            case TextQuery.Everything:
                AddConstant(sum, everySlot(), boost);
                return true;
            case TextQuery.Combined { Clauses: var clauses } when clauses.All(clause => clause.Occurrence == Occurrence.Should):
                return clauses.Aggregate(false, (any, clause) => AddTo(sum, clause.Query, boost) || any);
            case TextQuery.Combined { Clauses: var clauses }:
                // What every document has restricts nothing beside another required clause: it only adds to what that one finds.
                var all = clauses.Where(clause => clause is { Occurrence: Occurrence.Must, Query: TextQuery.Everything }).ToList();
                var others = clauses.Except(all).ToList();
                return all.Count == 0 || !others.Exists(clause => clause.Occurrence == Occurrence.Must)
                    ? AddRestricted(sum, clauses, boost, 0)
                    : AddRestricted(sum, others, boost, all.Sum(clause => clause.Query.Boost));
            default:
                return FieldsOf(query).Aggregate(false, (any, field) => AddIn(field, sum, query, boost) || any);
        }
    }

    private IReadOnlyList<TextField> FieldsOf(TextQuery query) =>
        query.FieldPath is not { } path
            ? fields
            :
            [
                index.Find(path)
                    ?? throw ServiceException.BadRequest(
                        $"The query refers to '{path}', which is not a searchable field of the index. Parameter name: search"
                    ),
            ];

    private bool AddIn(TextField field, SlotScores sum, TextQuery query, float boost)
    {
        if (TermPattern.Of(query, field.SearchAnalyzer) is { } pattern)
        {
            foreach (var term in field.Terms.Where(pattern))
            {
                if (query is TextQuery.Fuzzy)
                {
                    Bm25.Add(sum, field, field.Find(term)!, index.Definition, boost);
                }
            }

            if (query is not TextQuery.Fuzzy)
            {
                AddConstant(sum, field.Terms.Where(pattern).SelectMany(term => field.Find(term)!.Slots.ToArray()).Distinct(), boost);
            }

            return true;
        }

        var tokens = Analyse(field.SearchAnalyzer, query is TextQuery.Word word ? word.Text : ((TextQuery.Phrase)query).Text);
        if (tokens.Count > 1 && query is TextQuery.Phrase phrase)
        {
            Bm25.Add(sum, field, PhraseMatch.Find(field, tokens, phrase.Slop), index.Definition, boost * tokens.Count);
        }
        else if (tokens.Count > 1 && allTerms)
        {
            AddRestricted(
                sum,
                tokens.ConvertAll(token => (Occurrence.Must, (Part)(part => AddTerm(part, field, token.Term, 1)))),
                boost,
                0
            );
        }
        else
        {
            tokens.ForEach(token => AddTerm(sum, field, token.Term, boost));
        }

        return tokens.Count > 0;
    }

    private bool AddTerm(SlotScores sum, TextField field, string term, float boost)
    {
        if (field.Find(term) is { } documents)
        {
            Bm25.Add(sum, field, documents, index.Definition, boost);
        }

        return true;
    }

    /// <summary>Where clauses are required or excluded: each is looked up by itself, and what passes all of them is added.</summary>
    /// <param name="constant">What each document that passes gets besides.</param>
    private bool AddRestricted(SlotScores sum, IEnumerable<Clause> clauses, float boost, float constant) =>
        AddRestricted(sum, [.. clauses.Select(clause => (clause.Occurrence, Part(clause.Query)))], boost, constant);

    private static bool AddRestricted(SlotScores sum, List<(Occurrence Occurrence, Part Part)> clauses, float boost, float constant)
    {
        var parts = clauses.ConvertAll(clause => (clause.Occurrence, Found: SlotScores.Take(), clause.Part));
        parts.RemoveAll(part => !part.Part(part.Found));
        var required = parts.FindAll(part => part.Occurrence == Occurrence.Must).ConvertAll(part => part.Found);
        required.Sort((left, right) => left.Slots.Count.CompareTo(right.Slots.Count));
        var excluded = parts.FindAll(part => part.Occurrence == Occurrence.MustNot).ConvertAll(part => part.Found);
        var scored = parts.FindAll(part => part.Occurrence != Occurrence.MustNot).ConvertAll(part => part.Found);
        foreach (var slot in required.Count > 0 ? required[0].Slots : scored.SelectMany(found => found.Slots).Distinct())
        {
            if (required.TrueForAll(found => found.Contains(slot)) && !excluded.Exists(found => found.Contains(slot)))
            {
                sum.Add(slot, boost * (constant + scored.Sum(found => found[slot])));
            }
        }

        parts.ForEach(part => part.Found.Dispose());
        return parts.Count > 0;
    }

    private Part Part(TextQuery query) => part => AddTo(part, query, 1);

    private List<Token> Analyse(Analyzer analyzer, string text) =>
        _analysed.TryGetValue((analyzer, text), out var known) ? known : _analysed[(analyzer, text)] = analyzer.Analyze(text);

    private static void AddConstant(SlotScores sum, IEnumerable<int> slots, float score)
    {
        foreach (var slot in slots)
        {
            sum.Add(slot, score);
        }
    }
}

/// <summary>Adds what a clause finds.</summary>
internal delegate bool Part(SlotScores sum);
