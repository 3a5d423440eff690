namespace Bench.Quality.Labels;

/// <summary>A picture of which it is known what it is and what it shows.</summary>
/// <param name="Set">Where it is from.</param>
/// <param name="Style">Null where nothing is said of it.</param>
/// <param name="Said">What it shows, in words; null where nothing is said of it.</param>
/// <param name="IsHeldOut">Measured with, never calibrated on.</param>
internal sealed record LabelSample(string Set, string? Style, string? Said, bool IsHeldOut, Func<byte[]> Read);
