using Azure;
using Azure.Data.Tables;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>The row that says which model is in force.</summary>
internal sealed class ModelTable(TableServiceClient service)
{
    private readonly TableClient table = service.GetTableClient("ImageModels");

    public Task EnsureAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    /// <summary>The state, and the version of its row, which may exist although it cannot be read.</summary>
    public async Task<(ModelState? State, ETag Version)> FindAsync(CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(ModelState.Partition, ModelState.Key, cancellationToken: cancellation);
        return row.HasValue ? (ModelState.FromEntity(row.Value!), row.Value!.ETag) : default;
    }

    /// <summary>Writes the row; false if another writer was first.</summary>
    public async Task<bool> TryWriteAsync(ModelState state, CancellationToken cancellation) =>
        await table.TryWriteAsync(state.ToEntity(), state.RowVersion, cancellation) is not null;
}
