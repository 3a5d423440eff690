namespace Local.Calibration;

/// <summary>The options of <c>calibrate</c>.</summary>
/// <param name="Container">The container of the account in AzureWebJobsStorage.</param>
/// <param name="Folder">Pictures from a folder instead.</param>
/// <param name="Sample">How many pictures, from 2 to 10,000; every one is embedded 21 times.</param>
/// <param name="FalseQuarantine">The share of pairs of different pictures that may be called copies, between 0 and 1.</param>
/// <param name="Write">A settings file, or a model's thresholds.json, to write the thresholds to.</param>
/// <param name="Seed">Seed of the random sample.</param>
/// <param name="IsFlat">Without the folders in the folder.</param>
internal sealed record CalibrationRequest(
    string Container = "images",
    string? Folder = null,
    int Sample = 200,
    double FalseQuarantine = 0.0001,
    string? Write = null,
    int Seed = 1,
    bool IsFlat = false
);
