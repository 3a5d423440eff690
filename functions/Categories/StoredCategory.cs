using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Serverless.Embeddings;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Categories;

/// <summary>A category as a row: two columns for each model, named after the model's key.</summary>
internal static class StoredCategory
{
    public const string Partition = "categories";

    /// <summary>A row has room for more, but who changes models so often starts afresh.</summary>
    private const int MostFits = 8;

    private const string Vector = "Vector";
    private const string Threshold = "Threshold";

    public static string KeyOf(EmbeddingModel model) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{model.Name}\n{model.Revision}")))[..12];

    public static TableEntity ToEntity(Category category)
    {
        var row = new TableEntity(Partition, CategoryName.KeyOf(category.Name))
        {
            ["Name"] = category.Name,
            ["Prompts"] = JsonSerializer.Serialize(category.Prompts),
            ["Examples"] = string.Join(',', category.Examples),
        };
        foreach (var (model, fit) in category.Fits.TakeLast(MostFits))
        {
            row[Vector + model] = ImageRecordTable.ToBytes(fit.Vector);
            row[Threshold + model] = fit.Threshold;
        }

        return row;
    }

    /// <summary>Null if the app cannot have written the row.</summary>
    public static Category? FromEntity(TableEntity row)
    {
        var columns = new Columns(row);
        var name = columns.Required("Name");
        if (CategoryName.Parse(name) != name || CategoryName.KeyOf(name) != row.RowKey || PromptsOf(columns) is not { } prompts)
        {
            return null;
        }

        var fits = new Dictionary<string, CategoryFit>();
        foreach (var column in row.Keys.Where(column => column.StartsWith(Vector, StringComparison.Ordinal)))
        {
            var model = column[Vector.Length..];
            var vector = ImageRecordTable.VectorOf(columns, column);
            if (!vector.IsEmpty && columns.Number(Threshold + model) is { } threshold)
            {
                fits[model] = new CategoryFit(vector, threshold);
            }
        }

        return columns.Fault is not null
            ? null
            : new Category
            {
                Name = name,
                Prompts = prompts,
                Examples = columns.Text("Examples")?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [],
                Fits = fits,
                RowVersion = row.ETag,
            };
    }

    private static string[]? PromptsOf(Columns columns)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(columns.Text("Prompts") ?? "[]");
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
