using System.Globalization;

namespace Serverless.Calibration;

/// <summary>Prints what was measured.</summary>
internal static class CalibrationReport
{
    private const int SuspectsShown = 10;

    public static void Print(
        TextWriter output,
        IReadOnlyList<ComparedPair> pairs,
        Calibration calibration,
        Recommendation recommendation,
        CalibrateArguments arguments,
        bool confirm
    )
    {
        var copies = pairs.Count(pair => pair.IsCopy);
        output.WriteLine(
            Text($"{copies:N0} copies, {pairs.Count - copies:N0} pairs of different pictures. Intervals are Wilson's at 95 %.")
        );
        output.WriteLine();
        output.WriteLine("               vectors and pixels                                    vectors alone");
        output.WriteLine("threshold      precision  recall                 wrong, at most      precision  recall   wrong, at most");
        foreach (var threshold in Calibration.Thresholds(Math.Min(0.8, recommendation.CandidateThreshold)).Where(Shown(recommendation)))
        {
            var at = calibration.At(threshold);
            output.WriteLine(
                Text(
                    $"{at.Threshold:0.000}{(threshold == recommendation.Threshold ? " <-" : "   ")}       {at.Precision, 8:0.0000}   {at.Recall.Value:0.0000} ({at.Recall.Low:0.000}-{at.Recall.High:0.000})   {at.Wrong.Count, 4}, {at.Wrong.High, 9:0.0000000}      {at.PrecisionByVectors, 8:0.0000}   {at.RecallByVectors.Value:0.0000}   {at.WrongByVectors.Count, 5}, {at.WrongByVectors.High, 9:0.0000000}"
                )
            );
        }

        output.WriteLine();
        output.WriteLine(Text($"recall at {recommendation.Threshold:0.000}:"));
        foreach (var transform in CopyTransforms.All)
        {
            var made = pairs.Where(pair => pair.IsCopy && pair.B == transform.Name).ToList();
            if (made.Count == 0)
            {
                continue;
            }

            var found = new Proportion(
                made.Count(pair =>
                    confirm
                        ? pair.IsQuarantined(recommendation.Threshold, recommendation.CandidateThreshold)
                        : pair.Similarity >= recommendation.Threshold
                ),
                made.Count
            );
            output.WriteLine(Text($"  {transform.Name, -34}{found.Value:0.000} ({found.Low:0.000}-{found.High:0.000})"));
        }

        Suspects(output, pairs, recommendation);
        output.WriteLine();
        output.WriteLine(
            Text(
                $"Recommended: Duplicates__Threshold={recommendation.Threshold:0.###} Duplicates__CandidateThreshold={recommendation.CandidateThreshold:0.###}"
            )
        );
        if (!recommendation.IsShown)
        {
            output.WriteLine(
                Text(
                    $"The sample cannot show {arguments.FalseQuarantine:0.########}: that takes {Proportion.NeededFor(arguments.FalseQuarantine):N0} pairs of different pictures without a wrong one. Give a larger --sample."
                )
            );
        }
    }

    private static Func<double, bool> Shown(Recommendation recommendation) =>
        threshold =>
            threshold == recommendation.Threshold || Math.Abs((threshold * 50) - Math.Round(threshold * 50)) < 1e-6 || threshold > 0.97;

    /// <summary>Different pictures that are called copies may well be copies: a person must look.</summary>
    private static void Suspects(TextWriter output, IReadOnlyList<ComparedPair> pairs, Recommendation recommendation)
    {
        var suspects = pairs
            .Where(pair => !pair.IsCopy && pair.IsQuarantined(recommendation.Threshold, recommendation.CandidateThreshold))
            .Select(pair => (pair.A, pair.B))
            .Distinct()
            .ToList();
        if (suspects.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("Counted as wrong, but look: these pictures of the sample may be copies of each other.");
            foreach (var (a, b) in suspects.Take(SuspectsShown))
            {
                output.WriteLine($"  {a} = {b}");
            }
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
