using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>
/// Vectors of images by model, beside those in their records: a record has the vectors of one model only, and during a change of model an
/// image has two. They belong to the bytes that they were made of, by SHA-256.
/// </summary>
internal sealed class ModelVectors(TableServiceClient service)
{
    private readonly TableClient table = service.GetTableClient("ImageVectors");

    public Task EnsureAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    /// <summary>Keeps the vectors that a record has, under its model.</summary>
    public async Task KeepAsync(ImageRecord record, CancellationToken cancellation)
    {
        if (record is not { Embedding.IsEmpty: false, Sha256: { } sha256, Model: { } model, ModelRevision: { } revision })
        {
            return;
        }

        var row = new TableEntity(PartitionOf(model, revision, record.Id), record.Id) { ["Sha256"] = sha256 };
        ImageRecordTable.SetVectors(row, record);
        await table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
    }

    /// <summary>The record with a model's vectors of the same bytes; unchanged if there are none, or none of the model's lengths.</summary>
    public async Task<ImageRecord> WithAsync(EmbeddingModel model, ImageRecord record, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(
            PartitionOf(model.Name, model.Revision, record.Id),
            record.Id,
            cancellationToken: cancellation
        );
        if (!found.HasValue)
        {
            return record;
        }

        var row = found.Value!;
        var columns = new Columns(row);
        var renewed = record with
        {
            Model = model.Name,
            ModelRevision = model.Revision,
            Embedding = ImageRecordTable.VectorOf(columns, "Embedding"),
            CopyDescriptor = ImageRecordTable.VectorOf(columns, "Instance"),
            Turned = ImageRecordTable.TurnedOf(row, columns),
        };
        var isWhole = columns.Text("Sha256") == record.Sha256 && columns.Fault is null && !renewed.Embedding.IsEmpty;
        return isWhole && model.Made(renewed) ? renewed : record;
    }

    /// <summary>Forgets a model's vectors of an image.</summary>
    public Task ForgetAsync(EmbeddingModel model, string id, CancellationToken cancellation) =>
        table.DeleteEntityAsync(PartitionOf(model.Name, model.Revision, id), id, ETag.All, cancellation);

    /// <summary>A model's rows are spread as its records are.</summary>
    private static string PartitionOf(string model, string revision, string id) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{model}\n{revision}")))[..16]}-{id[..2]}";
}
