using Serverless.Ledger;

namespace Functions.Tests.Ledger;

public sealed class SheetLedgerTests(StorageFixture storage)
{
    [Theory]
    [InlineData("", null, 0, 5)]
    [InlineData("", "10", 0, 2)]
    [InlineData("0f5", "10", 1, 1)]
    [InlineData("0fff", "10ff", 2, 1)]
    [InlineData("10", "a0", 2, 2)]
    [InlineData("10ff", null, 3, 2)]
    public async Task The_sheets_of_a_range_are_listed_and_no_others(string from, string? to, int skipped, int count)
    {
        var ledger = new SheetLedger(storage.Tables());
        await ledger.EnsureAsync(default);
        var ids = new[] { "0f00", "0f80", "1000", "10ff", "a000" }.Select(start => start.PadRight(32, '0')).ToList();
        foreach (var id in ids)
        {
            await ledger.TryWriteAsync(new StoredSheet(id), default);
        }

        var listed = await ledger.ListAsync(from, to, default).Select(sheet => sheet.Id).Where(ids.Contains).Order().ToListAsync();
        Assert.Equal(ids.Skip(skipped).Take(count), listed);
    }
}
