using System.Net;
using Azure;
using Azure.Data.Tables;

namespace Serverless.Storage;

/// <summary>Writes to a table that happen only where nobody else wrote the row meanwhile.</summary>
internal static class ConditionalWrites
{
    /// <summary>
    /// Replaces the row if it is still of this version, or adds it where the version is default and there is none. Returns its
    /// new version; null where another writer was first.
    /// </summary>
    public static async Task<ETag?> TryWriteAsync(this TableClient table, TableEntity row, ETag version, CancellationToken cancellation)
    {
        try
        {
            var response =
                version == default
                    ? await table.AddEntityAsync(row, cancellation)
                    : await table.UpdateEntityAsync(row, version, TableUpdateMode.Replace, cancellation);
            return response.Headers.ETag!.Value;
        }
        catch (RequestFailedException error) when (IsLostRace(error))
        {
            return null;
        }
    }

    /// <summary>Deletes the row if it is still of this version; false where a newer one stays, or none is left.</summary>
    public static async Task<bool> TryDeleteAsync(
        this TableClient table,
        string partition,
        string key,
        ETag version,
        CancellationToken cancellation
    )
    {
        try
        {
            await table.DeleteEntityAsync(partition, key, version, cancellation);
            return true;
        }
        catch (RequestFailedException error) when (IsLostRace(error))
        {
            return false;
        }
    }

    private static bool IsLostRace(RequestFailedException error) =>
        error.Status is (int)HttpStatusCode.PreconditionFailed or (int)HttpStatusCode.Conflict or (int)HttpStatusCode.NotFound;
}
