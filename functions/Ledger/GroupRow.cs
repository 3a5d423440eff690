namespace Serverless.Ledger;

/// <summary>An image in a group, read from the row's key alone.</summary>
/// <param name="KeptId">The kept image, whose group it is.</param>
/// <param name="Key">The row's key in the group, to continue from.</param>
/// <param name="Bytes">Size of the file.</param>
internal sealed record GroupRow(string KeptId, string Key, string Id, DuplicateKind Kind, long Bytes)
{
    /// <summary>Copies would free their bytes; look-alikes are images of their own.</summary>
    public long FreedBytes => Kind == DuplicateKind.LookAlike ? 0 : Bytes;
}
