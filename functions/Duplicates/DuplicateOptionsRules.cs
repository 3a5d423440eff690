using Microsoft.Extensions.Options;

namespace Serverless.Duplicates;

/// <summary>What the settings of the gate may be. Each message names the setting, its value and what is allowed.</summary>
internal sealed class DuplicateOptionsRules : IValidateOptions<DuplicateOptions>
{
    public ValidateOptionsResult Validate(string? name, DuplicateOptions options)
    {
        var faults = new List<string>();
        Between("Threshold", options.Threshold ?? 0, -1, 1);
        Between("CandidateThreshold", options.CandidateThreshold ?? 0, -1, 1);
        Between("MinCorrelation", options.MinCorrelation, 0, 1);
        Between("MinAgreement", options.MinAgreement, 0, 1);
        Between("MinTexture", options.MinTexture, 0, 128);
        Between("VisibilityWindow", options.VisibilityWindow, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        if (options.Mode is not (DuplicateOptions.Enforce or DuplicateOptions.Shadow))
        {
            faults.Add($"Duplicates:Mode is '{options.Mode}': it must be '{DuplicateOptions.Enforce}' or '{DuplicateOptions.Shadow}'.");
        }

        if (options.Keep is not (DuplicateOptions.First or DuplicateOptions.Best))
        {
            faults.Add($"Duplicates:Keep is '{options.Keep}': it must be '{DuplicateOptions.First}' or '{DuplicateOptions.Best}'.");
        }

        if (options.Overlays is not (DuplicateOptions.Separate or DuplicateOptions.Accept))
        {
            faults.Add(
                $"Duplicates:Overlays is '{options.Overlays}': it must be '{DuplicateOptions.Separate}' or '{DuplicateOptions.Accept}'."
            );
        }

        if (options.FindTurned is not (DuplicateOptions.None or DuplicateOptions.Rotated or DuplicateOptions.RotatedAndMirrored))
        {
            faults.Add(
                $"Duplicates:FindTurned is '{options.FindTurned}': it must be '{DuplicateOptions.None}', '{DuplicateOptions.Rotated}' or '{DuplicateOptions.RotatedAndMirrored}'."
            );
        }

        if (options is { Confirm: false } && options.FindTurned != DuplicateOptions.None)
        {
            faults.Add(
                "Duplicates:FindTurned is set, but Duplicates:Confirm is false: turned copies are only told by their pixels. Set one of them back."
            );
        }

        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;

        void Between<T>(string setting, T value, T least, T most)
            where T : IComparable<T>
        {
            if (!(value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0))
            {
                faults.Add(FormattableString.Invariant($"Duplicates:{setting} is {value}: it must be from {least} to {most}."));
            }
        }
    }
}
