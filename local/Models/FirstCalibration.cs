using System.Globalization;
using Local.Calibration;
using Serverless.Embeddings;

namespace Local.Models;

/// <summary>
/// Calibrates a model that brings no thresholds, on the sample pictures, right after it was fetched. <c>calibrate</c> does better on the
/// user's own.
/// </summary>
internal static class FirstCalibration
{
    /// <summary>At most; each is embedded 21 times.</summary>
    private const int Pictures = 24;

    public static async Task RunAsync(string name, string folder, Screen progress, CancellationToken cancellation)
    {
        var file = Path.Combine(folder, ModelThresholds.FileName);
        if (File.Exists(file))
        {
            return;
        }

        progress.WriteLine($"Calibrating {name} on sample pictures: about a minute.");
        var settings = new Dictionary<string, string?> { ["Embedding:Provider"] = EmbeddingOptions.Onnx, ["Embedding:Model"] = folder };
        var request = new CalibrationRequest(
            Folder: Path.Combine(BuiltPrograms.RepositoryRoot, "local", "samples", "photographs"),
            Sample: Pictures,
            Write: file,
            // The folder in it has copies.
            IsFlat: true
        );
        await using var report = new StringWriter(CultureInfo.InvariantCulture);
        var quiet = new Screen(report);
        progress.WriteLine(
            await new CalibrationRun(request, quiet, quiet).RunAsync(settings, cancellation) == 0
                ? $"{name} is calibrated on the sample pictures. \"calibrate --write\" does it on your own images."
                : $"{name} could not be calibrated: {report}"
        );
    }
}
