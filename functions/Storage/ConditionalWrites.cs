using System.Net;
using Azure;
using Azure.Data.Tables;

namespace Serverless.Storage;

/// <summary>Table writes that succeed only if nobody else has written the row meanwhile.</summary>
internal static class ConditionalWrites
{
    /// <summary>
    /// Replaces the row if it is still this version, or inserts it if the version is default and there is none. Returns the new version;
    /// null if another writer was first.
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

    /// <summary>Deletes the row if it is still this version; false if there is a newer one, or none.</summary>
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
