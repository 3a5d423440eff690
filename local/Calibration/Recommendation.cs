namespace Local.Calibration;

/// <summary>Recommended thresholds.</summary>
/// <param name="Threshold">For <c>Duplicates:Threshold</c>.</param>
/// <param name="CandidateThreshold">For <c>Duplicates:CandidateThreshold</c>.</param>
/// <param name="IsShown">Whether the sample is large enough to prove the wanted rate.</param>
internal sealed record Recommendation(double Threshold, double CandidateThreshold, bool IsShown);
