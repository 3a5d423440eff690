using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Describe;

/// <summary>
/// What models wrote, by the bytes of the picture: what was paid for once is not paid for again, whatever the picture is called. Who is
/// about to ask leaves a claim, so that others do not ask as well; the claim of a worker that died runs out.
/// </summary>
internal sealed class KnownDescriptions(TableServiceClient service, IOptions<DescribeOptions> options, StorageClock storage)
{
    private const string ClaimColumn = "Claimed";

    /// <summary>What is done besides the request.</summary>
    private static readonly TimeSpan Around = TimeSpan.FromMinutes(2);

    private readonly TableClient table = service.GetTableClient("ImageDescriptions");
    private readonly string kind = KindOf(options.Value);

    public Task EnsureAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    /// <summary>What is known of the picture, or a claim to find it out; neither where another worker has claimed it.</summary>
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

    /// <summary>Whoever asked may be gone by now; what is paid for is kept all the same.</summary>
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

    /// <summary>256 partitions for each way to describe.</summary>
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

    /// <summary>Another model, language or question has other answers.</summary>
    private static string KindOf(DescribeOptions options)
    {
        var text = $"{options.Model}\n{options.Language}\n{options.LongSide}\n{DescriptionPrompt.Version}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }
}
