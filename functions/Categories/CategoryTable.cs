using Azure;
using Azure.Data.Tables;

namespace Serverless.Categories;

/// <summary>All categories, and the version of the whole that every change of one of them changes.</summary>
internal sealed record CategoryShelf(IReadOnlyList<Category> Categories, ETag Version)
{
    public Category? Find(string name) =>
        Categories.FirstOrDefault(category => CategoryName.KeyOf(category.Name) == CategoryName.KeyOf(name));
}

/// <summary>
/// The categories in Azure Table storage: one partition, so that a category and the version of all change together. The version's row is
/// all that has to be read to see that nothing has changed.
/// </summary>
internal sealed class CategoryTable(TableServiceClient service)
{
    /// <summary>No key of a category.</summary>
    private const string VersionKey = "version";

    private readonly TableClient table = service.GetTableClient("ImageCategories");

    public Task EnsureAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    /// <summary>Default while there has never been a category.</summary>
    public async Task<ETag> VersionAsync(CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            StoredCategory.Partition,
            VersionKey,
            ["RowKey"],
            cancellationToken: cancellation
        );
        return row.HasValue ? row.Value!.ETag : default;
    }

    /// <summary>In the order of their names. The version is no newer than the categories.</summary>
    public async Task<CategoryShelf> ReadAsync(CancellationToken cancellation)
    {
        var version = await VersionAsync(cancellation);
        var found = new List<Category>();
        if (version != default)
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {StoredCategory.Partition}");
            await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            {
                if (row.RowKey != VersionKey && StoredCategory.FromEntity(row) is { } category)
                {
                    found.Add(category);
                }
            }
        }

        return new CategoryShelf([.. found.OrderBy(category => category.Name, StringComparer.OrdinalIgnoreCase)], version);
    }

    /// <summary>False if a category has changed since the shelf was read.</summary>
    public Task<bool> TryWriteAsync(Category category, CategoryShelf seen, CancellationToken cancellation) =>
        TrySubmitAsync(
            new TableTransactionAction(TableTransactionActionType.UpsertReplace, StoredCategory.ToEntity(category)),
            seen,
            cancellation
        );

    /// <summary>False if a category has changed since the shelf was read.</summary>
    public Task<bool> TryDeleteAsync(Category category, CategoryShelf seen, CancellationToken cancellation) =>
        TrySubmitAsync(
            new TableTransactionAction(
                TableTransactionActionType.Delete,
                new TableEntity(StoredCategory.Partition, CategoryName.KeyOf(category.Name)),
                category.RowVersion
            ),
            seen,
            cancellation
        );

    private async Task<bool> TrySubmitAsync(TableTransactionAction change, CategoryShelf seen, CancellationToken cancellation)
    {
        var version = new TableEntity(StoredCategory.Partition, VersionKey);
        var noted =
            seen.Version == default
                ? new TableTransactionAction(TableTransactionActionType.Add, version)
                : new TableTransactionAction(TableTransactionActionType.UpdateReplace, version, seen.Version);
        try
        {
            await table.SubmitTransactionAsync([noted, change], cancellation);
            return true;
        }
        catch (RequestFailedException error) when (error.Status is 404 or 409 or 412)
        {
            return false;
        }
    }
}
