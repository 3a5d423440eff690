using Serverless.Ledger;
using Serverless.Pipeline;
using Serverless.Storage;

namespace Serverless.Reconcile;

/// <summary>Finds the blob in quarantine that belongs to a record of which not everything can be read.</summary>
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

    /// <summary>The one that the record names, that has its id in the receipt, or that has its name; the latest of several.</summary>
    public string? Of(ImageBrief record) =>
        record.QuarantineName is { } name && names.Contains(name)
            ? name
            : byReceipt.GetValueOrDefault(record.Id) ?? (record.Path.IsKnown ? byOriginal.GetValueOrDefault(record.Path.Name) : null);

    /// <summary>What the name of a blob in quarantine says of the name that it had.</summary>
    public static string OriginalOf(string name) => name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];
}
