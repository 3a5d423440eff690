using Azure.Data.Tables;

namespace Functions.Tests.Ledger;

/// <summary>What may be written to a column by whoever can write to a table.</summary>
internal static class Damage
{
    private static readonly string[] System = ["odata.etag", "PartitionKey", "RowKey", "Timestamp"];

    /// <summary>
    /// Of every type that a column may have, and among them some of the right type that mean nothing. Null takes the column away.
    /// </summary>
    public static readonly object?[] Values =
    [
        null,
        "",
        "Bogus",
        "{broken",
        "{}",
        "7",
        "-1",
        "a/../b",
        "0|1|2",
        "\ud800",
        new string('x', 20_000),
        0,
        -1,
        7,
        int.MaxValue,
        0L,
        -1L,
        long.MaxValue,
        long.MinValue,
        0.5,
        -1.5,
        double.NaN,
        double.PositiveInfinity,
        true,
        false,
        new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Guid.Empty,
        Array.Empty<byte>(),
        new byte[3],
        new byte[4],
        new byte[16],
        new byte[4096],
        new byte[] { 0, 0, 0xC0, 0x7F },
    ];

    public static string[] ColumnsOf(TableEntity row) => [.. row.Keys.Except(System).Order(StringComparer.Ordinal)];

    public static TableEntity With(this TableEntity row, string column, object? value)
    {
        var damaged = new TableEntity(row);
        damaged.Remove(column);
        if (value is not null)
        {
            damaged[column] = value;
        }

        return damaged;
    }

    /// <summary>The second half of a binary column is lost, as when a write ends halfway.</summary>
    public static TableEntity Cut(this TableEntity row, string column) =>
        row.With(
            column,
            row[column] is byte[] bytes ? bytes[..(bytes.Length / 2)]
                : row[column] is string text ? text[..(text.Length / 2)]
                : null
        );
}
