using System.Globalization;

namespace Local.Calibration;

/// <summary>Prints the measurements.</summary>
internal sealed class CalibrationReport(IReadOnlyList<ComparedPair> pairs, Recommendation recommendation, bool confirm)
{
    private const int SuspectsShown = 10;

    public void Print(Screen output, PrecisionRecall figures, double wanted)
    {
        var copies = pairs.Count(pair => pair.IsCopy);
        Write($"{copies:N0} copies, {pairs.Count - copies:N0} pairs of different pictures. Intervals are Wilson's at 95 %.");
        Write($"");
        Thresholds();
        Write($"");
        Recalls();
        Suspects();
        Write($"");
        Write(
            $"Recommended: Duplicates__Threshold={recommendation.Threshold:0.###} ",
            $"Duplicates__CandidateThreshold={recommendation.CandidateThreshold:0.###}"
        );
        if (!recommendation.IsShown)
        {
            Write($"The sample is too small to show {wanted:0.########}.");
            Write($"That takes {Proportion.NeededFor(wanted):N0} pairs of different pictures without an error: give a larger --sample.");
        }

        void Write(params FormattableString[] parts) =>
            output.WriteLine(string.Concat(parts.Select(part => part.ToString(CultureInfo.InvariantCulture))));

        void Thresholds()
        {
            Write($"               vectors and pixels                                    vectors alone");
            Write($"threshold      precision  recall                 wrong, at most      precision  recall   wrong, at most");
            foreach (
                var at in PrecisionRecall.Thresholds(Math.Min(0.8, recommendation.CandidateThreshold)).Where(IsShown).Select(figures.At)
            )
            {
                Write(
                    $"{at.Threshold:0.000}{(at.Threshold == recommendation.Threshold ? " <-" : "   ")}       {at.Precision, 8:0.0000}   ",
                    $"{at.Recall.Value:0.0000} ({at.Recall.Low:0.000}-{at.Recall.High:0.000})   {at.Wrong.Count, 4}, ",
                    $"{at.Wrong.High, 9:0.0000000}      {at.PrecisionByVectors, 8:0.0000}   {at.RecallByVectors.Value:0.0000}   ",
                    $"{at.WrongByVectors.Count, 5}, {at.WrongByVectors.High, 9:0.0000000}"
                );
            }
        }

        void Recalls()
        {
            Write($"recall at {recommendation.Threshold:0.000}:");
            foreach (var transform in CopyTransforms.All)
            {
                var made = pairs.Where(pair => pair.IsCopy && pair.B == transform.Name).ToList();
                if (made.Count > 0)
                {
                    var found = new Proportion(made.Count(IsFound), made.Count);
                    Write($"  {transform.Name, -34}{found.Value:0.000} ({found.Low:0.000}-{found.High:0.000})");
                }
            }
        }

        // "Different" pictures that are called copies may really be copies: a person must look.
        void Suspects()
        {
            var suspects = pairs
                .Where(pair => !pair.IsCopy && pair.IsQuarantined(recommendation.Threshold, recommendation.CandidateThreshold))
                .Select(pair => (pair.A, pair.B))
                .Distinct()
                .ToList();
            if (suspects.Count == 0)
            {
                return;
            }

            Write($"");
            Write($"Counted as errors, but check: these pictures of the sample may be copies of each other.");
            foreach (var (a, b) in suspects.Take(SuspectsShown))
            {
                Write($"  {a} = {b}");
            }
        }
    }

    private bool IsFound(ComparedPair pair) =>
        confirm
            ? pair.IsQuarantined(recommendation.Threshold, recommendation.CandidateThreshold)
            : pair.Similarity >= recommendation.Threshold;

    private bool IsShown(double threshold) =>
        threshold == recommendation.Threshold || Math.Abs((threshold * 50) - Math.Round(threshold * 50)) < 1e-6 || threshold > 0.97;
}
