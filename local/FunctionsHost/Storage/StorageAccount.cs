using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using FunctionsHost.Configuration;

namespace FunctionsHost.Storage;

/// <summary>The storage account that a binding's connection names.</summary>
internal sealed record StorageAccount(BlobServiceClient Blobs, QueueServiceClient Queues)
{
    public const string DefaultConnection = "AzureWebJobsStorage";

    /// <summary>Where the host keeps what it must remember, in Azure too.</summary>
    public BlobContainerClient HostContainer => Blobs.GetBlobContainerClient("azure-webjobs-hosts");

    public static StorageAccount Connect(string connection, string file, AppSettings settings)
    {
        var text = settings.Find(connection) ?? settings.Find($"AzureWebJobs{connection}");
        if (text is null)
        {
            throw new HostException(settings.HasSection(connection)
                ? $"{file}: the connection '{connection}' uses an identity, which this host does not support: "
                    + $"set {connection} to a connection string."
                : $"{file}: the app setting '{connection}', which holds the storage connection string, is not set.");
        }

        try
        {
            return new StorageAccount(
                new BlobServiceClient(text, Quick(new BlobClientOptions())), new QueueServiceClient(text, Quick(new QueueClientOptions())));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            // The text holds the account's key, and so may the message.
            throw new HostException($"{file}: the app setting '{connection}' is not a storage connection string.");
        }
    }

    /// <summary>Storage on this machine answers at once or not at all, and every caller tries again anyway.</summary>
    private static T Quick<T>(T options) where T : ClientOptions
    {
        options.Retry.MaxRetries = 2;
        options.Retry.Delay = TimeSpan.FromMilliseconds(100);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        return options;
    }
}
