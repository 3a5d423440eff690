using Azure.Data.Tables;
using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>The layout of a part as a table row.</summary>
internal static class SheetPartTable
{
    public static TableEntity ToEntity(SheetPart part)
    {
        var row = new TableEntity(part.Sheet.Id, part.Key)
        {
            ["Sheet"] = part.Sheet.ToString(),
            ["MadeOf"] = part.MadeOf,
            ["Page"] = part.Page,
            ["Tile"] = part.Tile,
            ["Width"] = part.Width,
            ["Height"] = part.Height,
        };
        if (part.IsTile)
        {
            (row["Left"], row["Top"], row["Right"], row["Bottom"]) = (part.Box.Left, part.Box.Top, part.Box.Right, part.Box.Bottom);
        }

        Set(row, "Pixels", part.Pixels);
        Set(row, "Embedding", ImageRecordTable.ToBytes(part.Embedding));
        Set(row, "Instance", ImageRecordTable.ToBytes(part.CopyDescriptor));
        Set(row, "Lines", ImageRecordTable.ToBytes(part.Lines));
        Set(row, "Text", part.Text);
        Set(row, "Verdict", part.Verdict?.ToString());
        Set(row, "DuplicateOf", part.DuplicateOfSheet?.ToString());
        Set(row, "DuplicateOfPage", part.DuplicateOfSheet is null ? null : part.DuplicateOfPage);
        Set(row, "Similarity", part.Similarity);
        ImageRecordTable.SetFingerprint(row, part.Fingerprint);
        return row;
    }

    /// <summary>Null if the row cannot be read: the part counts as missing.</summary>
    public static SheetPart? FromEntity(TableEntity row)
    {
        var columns = new Columns(row);
        if (ImagePath.TryParse(columns.Text("Sheet")) is not { } sheet || sheet.Id != row.PartitionKey)
        {
            return null;
        }

        var part = new SheetPart(sheet, columns.SmallCount("Page"), columns.SmallCount("Tile"))
        {
            MadeOf = columns.Required("MadeOf"),
            Width = columns.SmallCount("Width"),
            Height = columns.SmallCount("Height"),
            Pixels = columns.Text("Pixels"),
            Embedding = ImageRecordTable.VectorOf(columns, "Embedding"),
            CopyDescriptor = ImageRecordTable.VectorOf(columns, "Instance"),
            Lines = ImageRecordTable.VectorOf(columns, "Lines"),
            Text = columns.Text("Text"),
            Verdict = columns.Choice<Verdict>("Verdict"),
            DuplicateOfSheet = ImagePath.TryParse(columns.Text("DuplicateOf")),
            DuplicateOfPage = columns.SmallCount("DuplicateOfPage"),
            Similarity = columns.Number("Similarity"),
            Fingerprint = ImageRecordTable.FingerprintOf(columns),
        };
        columns.Require(part.Key == row.RowKey, "The page does not belong to this row.");
        return columns.Fault is not null ? null
            : part.IsTile
                ? part with
                {
                    Box = new(Share(columns, "Left", 0), Share(columns, "Top", 0), Share(columns, "Right", 1), Share(columns, "Bottom", 1)),
                }
            : part;
    }

    private static double Share(Columns columns, string name, double otherwise) => Math.Clamp(columns.Number(name) ?? otherwise, 0, 1);

    private static void Set(TableEntity row, string name, object? value) => ImageRecordTable.Set(row, name, value);
}
