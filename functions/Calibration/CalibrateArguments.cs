using System.Globalization;

namespace Serverless.Calibration;

/// <summary>What <c>calibrate</c> was asked.</summary>
internal sealed record CalibrateArguments(
    string Container = "images",
    string? Folder = null,
    int Sample = 200,
    double FalseQuarantine = 0.0001,
    string? Write = null,
    int Seed = 1
)
{
    public const string Usage = """
        calibrate [--container NAME | --folder DIR] [--sample N] [--false-quarantine SHARE] [--write FILE] [--seed N]
          makes copies of a sample of your own images, compares them and pairs of different ones as the gate does, and prints
          precision and recall for each threshold
          --container NAME           the container of the account in AzureWebJobsStorage (images)
          --folder DIR               pictures from a folder instead
          --sample N                 how many pictures (200); every one is embedded 21 times
          --false-quarantine SHARE   how many pairs of different pictures may be called copies (0.0001)
          --write FILE               writes the thresholds into a settings file, or into a model's thresholds.json
          --seed N                   draws another sample
        """;

    /// <summary>The arguments, or a sentence that says what is wrong with them.</summary>
    public static (CalibrateArguments? Arguments, string? Fault) Parse(IReadOnlyList<string> words)
    {
        var arguments = new CalibrateArguments();
        for (var at = 0; at < words.Count; at += 2)
        {
            if (at + 1 == words.Count)
            {
                return (null, $"{words[at]} needs a value.");
            }

            var value = words[at + 1];
            var next = words[at] switch
            {
                "--container" => arguments with { Container = value },
                "--folder" => arguments with { Folder = value },
                "--write" => arguments with { Write = value },
                "--sample" when int.TryParse(value, CultureInfo.InvariantCulture, out var sample) && sample is >= 2 and <= 10_000 =>
                    arguments with
                    {
                        Sample = sample,
                    },
                "--seed" when int.TryParse(value, CultureInfo.InvariantCulture, out var seed) => arguments with { Seed = seed },
                "--false-quarantine"
                    when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is > 0 and < 1 =>
                    arguments with
                    {
                        FalseQuarantine = share,
                    },
                _ => null,
            };
            if (next is null)
            {
                return (
                    null,
                    $"{words[at]} {value}: there is no such option, or it does not take that value (a sample has 2 to 10,000 pictures, a share is between 0 and 1)."
                );
            }

            arguments = next;
        }

        return (arguments, null);
    }
}
