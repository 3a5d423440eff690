using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Describe;

/// <summary>
/// Caches descriptions by a picture's bytes, so that nothing is paid for twice, whatever the picture is called. A worker stores a claim
/// before it asks, so that others do not ask too; a dead worker's claim expires.
/// </summary>
internal sealed class KnownDescriptions(TableServiceClient service, IOptions<DescribeOptions> options, StorageClock storage)
{
    private const string ClaimColumn = "Claimed";

    /// <summary>Time for everything besides the request.</summary>
    private static readonly TimeSpan Around = TimeSpan.FromMinutes(2);

    private readonly TableClient table = service.GetTableClient("ImageDescriptions");
    private readonly string kind = KindOf(options.Value);

    public Task EnsureAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    /// <summary>The cached description, or a claim to create it; neither if another worker has claimed it.</summary>
    public async Task<(DescribedText? Text, ETag? Claim)> FindOrClaimAsync(string sha256, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(PartitionOf(sha256), sha256, cancellationToken: cancellation);
        var row = found.HasValue ? found.Value : null;
        if (row is not null && TextIn(row) is { } text)
        {
            return (text, null);
        }

        var isClaimed =
            row?.ContainsKey(ClaimColumn) == true && row.Timestamp + options.Value.Timeout + Around > await storage.NowAsync(cancellation);
        return isClaimed
            ? (null, null)
            : (
                null,
                await table.TryWriteAsync(
                    new TableEntity(PartitionOf(sha256), sha256) { [ClaimColumn] = true },
                    row?.ETag ?? default,
                    cancellation
                )
            );
    }

    /// <summary>Not cancellable: the caller may be gone, but what is paid for is stored.</summary>
    public Task KeepAsync(string sha256, DescribedText text) =>
        table.UpsertEntityAsync(
            new TableEntity(PartitionOf(sha256), sha256)
            {
                ["AltText"] = text.AltText,
                ["Description"] = text.Text ?? "",
                ["VisibleText"] = text.VisibleText ?? "",
                ["Model"] = options.Value.Model,
            },
            TableUpdateMode.Replace,
            CancellationToken.None
        );

    public Task ReleaseAsync(string sha256, ETag claim) => table.TryDeleteAsync(PartitionOf(sha256), sha256, claim, CancellationToken.None);

    /// <summary>256 partitions per configuration.</summary>
    private string PartitionOf(string sha256) => $"{kind}-{sha256[..2]}";

    private static DescribedText? TextIn(TableEntity row)
    {
        var columns = new Columns(row);
        var text = columns.Text("AltText") is { Length: > 0 } altText
            ? new DescribedText(altText, Given(columns.Text("Description")), Given(columns.Text("VisibleText")))
            : null;
        return columns.Fault is null ? text : null;
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>Another model, language or prompt gives other answers.</summary>
    private static string KindOf(DescribeOptions options)
    {
        var text = $"{options.Model}\n{options.Language}\n{options.LongSide}\n{DescriptionPrompt.Version}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }
}
