using System.Globalization;
using SearchEmulator.Definitions;
using SearchEmulator.Documents;
using SearchEmulator.Filters;
using SearchEmulator.Http;
using SearchEmulator.Text;
using SearchEmulator.Vectors;

namespace SearchEmulator.Queries;

/// <summary>Finds the documents that a search matches and ranks them. One instance serves one search.</summary>
internal sealed class Matcher
{
    private readonly DocumentTable _table;
    private readonly SearchRequest _request;
    private readonly Test? _filter;
    private readonly IReadOnlyList<int>? _named;
    private readonly List<SlotScores> _scoringMatches = [];

    public Matcher(DocumentTable table, SearchRequest request, Predicate? filter)
    {
        _table = table;
        _request = request;
        _filter = filter is null ? null : Compiler.Compile(filter, MatchText);
        _named = NamedSlots.Of(filter, table);
    }

    public Matches Find()
    {
        var arms = VectorArms();
        if (!_request.HasText && _scoringMatches.Count == 0)
        {
            return arms.Count switch
            {
                0 => new Matches(Everything(), ScoreKind.Constant),
                1 => new Matches(arms[0].Hits, ScoreKind.Single),
                _ => new Matches(Fusion.Fuse([.. arms.Select(Ranked)]), ScoreKind.Fused),
            };
        }

        var text = TextHits();
        if (arms.Count == 0)
        {
            return new Matches(text, ScoreKind.Single, Hit.BestFirst);
        }

        var recalled = Selection
            .Order(text, Hit.BestFirst, _request.MaxTextRecall)
            .Take(_request.MaxTextRecall)
            .Select(hit => hit.Slot)
            .ToList();
        return new Matches(Fusion.Fuse([new Arm(recalled, 1), .. arms.Select(Ranked)]), ScoreKind.Fused);
    }

    private static Arm Ranked((List<Hit> Hits, float Weight) arm) => new([.. arm.Hits.Select(hit => hit.Slot)], arm.Weight);

    private bool Passes(int slot) => _table.VisibleAt(slot) is { } document && (_filter is null || _filter(document.Values, slot));

    private List<Hit> Everything()
    {
        var hits = new List<Hit>();
        foreach (var slot in _named ?? VisibleSlots())
        {
            if (Passes(slot))
            {
                hits.Add(new Hit(slot, 1));
            }
        }

        return hits;
    }

    private List<(List<Hit> Hits, float Weight)> VectorArms()
    {
        var arms = new List<(List<Hit>, float)>();
        foreach (var query in _request.VectorQueries)
        {
            foreach (var name in query.Fields)
            {
                arms.Add((NearestHits(query, VectorField(name, query)), query.Weight));
            }
        }

        return arms;
    }

    private Field VectorField(string name, VectorQuery query)
    {
        var field =
            _table.Definition.Find(name)
            ?? throw ServiceException.InvalidParameter($"Unknown field '{name}' in vector field list.", "UnknownField");
        if (!field.Type.IsVector)
        {
            throw ServiceException.InvalidParameter(
                $"The field '{name}' in the vector field list is not a vector field.\r\nParameter name: vector.fields",
                "FieldNotSearchable"
            );
        }

        var column = _table.Vectors[name];
        return query.Vector.Length == column.Length
            ? field
            : throw new ServiceException(
                400,
                "InvalidVectorQuery",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The vector query has a vector of length {query.Vector.Length}, but the field has {column.Length} dimensions. Query "
                        + $"vector length must match the dimensionality of the field '{name}' in the vector field list."
                ),
                "InvalidVectorQuery"
            );
    }

    private List<Hit> NearestHits(VectorQuery query, Field field)
    {
        Func<int, bool> accepts = _request.FilterAfterVectors ? slot => _table.VisibleAt(slot) is not null : Passes;
        var rows = _request.FilterAfterVectors ? null : _named;
        var nearest = VectorScan.Nearest(_table.Vectors[field.Name], query.Vector, field.Metric, query.K, accepts, rows);
        var hits = new List<Hit>(nearest.Count);
        foreach (var neighbour in nearest)
        {
            var score = VectorScore.Of(field.Metric, neighbour.Similarity);
            if (Reaches(query.Threshold, neighbour.Similarity, score) && (!_request.FilterAfterVectors || Passes(neighbour.Slot)))
            {
                hits.Add(new Hit(neighbour.Slot, score));
            }
        }

        return hits;
    }

    private static bool Reaches(VectorThreshold? threshold, float similarity, float score) =>
        threshold is null || (threshold.IsScore ? score : similarity) >= threshold.Value;

    /// <summary>In no order.</summary>
    private List<Hit> TextHits()
    {
        using var scores = _request.HasText
            ? RunText(_request.Search!, _request.SearchFields, _request.FullSyntax, _request.AllTerms, "searchFields")
            : null;
        var hits = new List<Hit>();
        foreach (var slot in _named ?? scores?.Slots ?? VisibleSlots())
        {
            if (scores?.Contains(slot) != false && Passes(slot))
            {
                var score = scores?[slot] ?? 0;
                hits.Add(new Hit(slot, _scoringMatches.Count == 0 ? score : score + _scoringMatches.Sum(match => match[slot])));
            }
        }

        return hits;
    }

    private Func<int, bool> MatchText(TextMatch match)
    {
        var scores = RunText(match.Query, match.Fields, match.FullSyntax, match.AllTerms, "$filter");
        if (match.Scoring)
        {
            _scoringMatches.Add(scores);
        }

        return scores.Contains;
    }

    private SlotScores RunText(string text, IReadOnlyList<string> paths, bool full, bool allTerms, string parameter)
    {
        var index = _table.Text!;
        List<TextField> fields =
            paths.Count == 0 ? [.. index.Fields] : [.. paths.Select(path => index.Find(path) ?? throw NotSearchable(path, parameter))];
        var query = full ? LuceneQueryParser.Parse(text, allTerms) : SimpleQueryParser.Parse(text, allTerms);
        return new TextSearch(index, fields, allTerms, VisibleSlots).Run(query);
    }

    private IEnumerable<int> VisibleSlots()
    {
        for (var slot = 0; slot < _table.Visible.Length; slot++)
        {
            if (_table.VisibleAt(slot) is not null)
            {
                yield return slot;
            }
        }
    }

    private ServiceException NotSearchable(string path, string parameter) =>
        _table.Definition.FindPath(path) is null
            ? ServiceException.BadRequest($"Unknown field '{path}' in the list of search fields.\r\nParameter name: {parameter}")
            : ServiceException.BadRequest($"The field '{path}' in the search field list is not searchable.\r\nParameter name: {parameter}");
}
