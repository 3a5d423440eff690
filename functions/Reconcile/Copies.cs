using Serverless.Ledger;
using Serverless.Pipeline;
using Serverless.Storage;

namespace Serverless.Reconcile;

/// <summary>Finds the quarantined blob of a partly unreadable record.</summary>
internal sealed class Copies
{
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> byReceipt = [];
    private readonly Dictionary<string, string> byOriginal = [];

    public Copies(IEnumerable<QuarantinedBlob> copies)
    {
        foreach (var copy in copies.OrderBy(copy => copy.CreatedAt))
        {
            names.Add(copy.Name);
            byOriginal[OriginalOf(copy.Name)] = copy.Name;
            if (Receipt.Read(copy.Metadata) is { } receipt)
            {
                byReceipt[receipt.Id] = copy.Name;
            }
        }
    }

    /// <summary>The blob that the record names, whose receipt has its id, or that has its name; the latest of several.</summary>
    public string? Of(ImageBrief record) =>
        record.QuarantineName is { } name && names.Contains(name)
            ? name
            : byReceipt.GetValueOrDefault(record.Id) ?? (record.Path.IsKnown ? byOriginal.GetValueOrDefault(record.Path.Name) : null);

    /// <summary>The original name, as far as a quarantined blob's name shows it.</summary>
    public static string OriginalOf(string name) => name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];
}
