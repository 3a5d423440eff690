namespace Local.Calibration;

/// <summary>Evaluates thresholds and chooses one. No I/O.</summary>
internal sealed class PrecisionRecall
{
    private const double Step = 0.005;

    /// <summary>Recall that may be given up for a stricter threshold.</summary>
    private const double Spared = 0.002;

    /// <summary>Share of the copies that may lie below the candidate threshold.</summary>
    private const double Unlooked = 0.0025;

    /// <summary>
    /// Share of the pairs of different pictures that may lie above it. Of an upload's neighbours eight are compared, however many there
    /// are.
    /// </summary>
    private const double Looked = 0.05;

    private readonly List<ComparedPair> copies;
    private readonly List<ComparedPair> others;

    public PrecisionRecall(IReadOnlyList<ComparedPair> pairs)
    {
        copies = [.. pairs.Where(pair => pair.IsCopy)];
        others = [.. pairs.Where(pair => !pair.IsCopy)];
        CandidateThreshold = Candidates();
    }

    /// <summary>The candidate threshold: nearly all copies lie above it, and few pairs of different pictures.</summary>
    public double CandidateThreshold { get; }

    public ThresholdFigures At(double threshold) =>
        new(
            threshold,
            Share(copies, pair => pair.IsQuarantined(threshold, CandidateThreshold)),
            Share(others, pair => pair.IsQuarantined(threshold, CandidateThreshold)),
            Share(copies, pair => pair.Similarity >= threshold),
            Share(others, pair => pair.Similarity >= threshold)
        );

    /// <summary>
    /// With confirmation: the strictest threshold without noticeable loss of recall, among those that keep the wanted rate of false
    /// quarantines. Without: the lowest one that keeps it.
    /// </summary>
    public Recommendation Recommend(double wanted, bool confirm)
    {
        var all = Thresholds(0.5).Select(At).ToList();
        Proportion Wrong(ThresholdFigures figures) => confirm ? figures.Wrong : figures.WrongByVectors;
        Proportion Recall(ThresholdFigures figures) => confirm ? figures.Recall : figures.RecallByVectors;
        var shown = all.Where(figures => Wrong(figures).High <= wanted).ToList();
        var allowed = shown.Count > 0 ? shown : all.Where(figures => Wrong(figures).Value <= wanted).ToList();
        allowed = allowed.Count > 0 ? allowed : [all[^1]];
        var best = allowed.Max(figures => Recall(figures).Value);
        var chosen = confirm ? allowed.Last(figures => Recall(figures).Value >= best - Spared) : allowed[0];
        return new Recommendation(chosen.Threshold, Math.Min(chosen.Threshold, CandidateThreshold), shown.Count > 0);
    }

    /// <summary>Multiples of 0.005 from a bound to 1.</summary>
    public static IEnumerable<double> Thresholds(double from) =>
        Enumerable
            .Range((int)Math.Ceiling((from / Step) - 1e-9), (int)Math.Round((1 - from) / Step) + 1)
            .Select(step => Math.Round(step * Step, 3))
            .Where(threshold => threshold < 1);

    private double Candidates()
    {
        var low = Quantile(copies, Unlooked);
        var costly = Quantile(others, 1 - Looked);
        return Math.Round(Math.Floor(Math.Max(low, costly) / Step) * Step, 3);
    }

    private static double Quantile(List<ComparedPair> pairs, double share) =>
        pairs.Count == 0
            ? 0
            : pairs.Select(pair => pair.Similarity).Order().ElementAt((int)Math.Clamp(share * pairs.Count, 0, pairs.Count - 1));

    private static Proportion Share(List<ComparedPair> pairs, Func<ComparedPair, bool> holds) => new(pairs.Count(holds), pairs.Count);
}
