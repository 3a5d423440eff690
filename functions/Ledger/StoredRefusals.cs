using Serverless.Images;

namespace Serverless.Ledger;

/// <summary>Refused labels as one column: the hash of the bytes, then a line <c>kind/name</c> each.</summary>
internal static class StoredRefusals
{
    public const string Column = "Refused";

    public static string? ToText(LabelRefusals? refusals) =>
        refusals is not { Labels.Count: > 0 }
            ? null
            : string.Join('\n', [refusals.Sha256, .. refusals.Labels.Select(label => $"{label.Kind}/{label.Name}")]);

    /// <summary>Null if the text is not one of these.</summary>
    public static LabelRefusals? Parse(string text)
    {
        var lines = text.Split('\n');
        var labels = lines.Skip(1).Select(line => line.Split('/', 2)).ToList();
        return
            lines[0].Length == 64
            && lines[0].All(char.IsAsciiHexDigitLower)
            && labels.TrueForAll(label => label.Length == 2 && LabelRefusals.Kinds.Contains(label[0]) && label[1].Length > 0)
            ? new LabelRefusals(lines[0], [.. labels.Select(label => new RefusedLabel(label[0], label[1]))])
            : null;
    }
}
