using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Options;
using Serverless.Telemetry;

namespace Serverless.Storage;

internal static class StorageServices
{
    /// <summary>
    /// Clients of the account in <c>AzureWebJobsStorage</c>: a connection string or, with a managed identity,
    /// <c>AzureWebJobsStorage__accountName</c> or the three service URIs.
    /// </summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>().Bind(configuration.GetSection(StorageOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsRules>();
        services.AddSingleton<IValidateOptions<StorageOptions>, TwoContainersRule>();

        if (configuration["AzureWebJobsStorage"] is { Length: > 0 } connection)
        {
            services.AddSingleton(_ => Client(() => new BlobServiceClient(connection, Blobs)));
            services.AddSingleton(_ => Client(() => new QueueServiceClient(connection, Queues)));
            services.AddSingleton(_ => Client(() => new TableServiceClient(connection, new TableClientOptions().Patient("storage"))));
        }
        else
        {
            TokenCredential credential = new DefaultAzureCredential();
            services.AddSingleton(_ => new BlobServiceClient(ServiceUri(configuration, "blob"), credential, Blobs));
            services.AddSingleton(_ => new QueueServiceClient(ServiceUri(configuration, "queue"), credential, Queues));
            services.AddSingleton(_ => new TableServiceClient(
                ServiceUri(configuration, "table"),
                credential,
                new TableClientOptions().Patient("storage")
            ));
        }

        services.AddSingleton<ImageStore>();
        services.AddSingleton<QuarantineStore>();
        services.AddSingleton<RecheckQueue>();
        services.AddSingleton<BackfillQueue>();
        services.AddSingleton<BackfillSliceQueue>();
        services.AddSingleton<JobQueue>();
        services.AddSingleton<DeletionQueue>();
        services.AddSingleton<DescribeQueue>();
        services.AddSingleton<MirrorQueue>();
        services.AddSingleton<PartsQueue>();
        services.AddSingleton<WorkQueues>();
        services.AddSingleton(provider => new StorageClock(
            provider.GetRequiredService<TimeProvider>(),
            cancellation => DateAsync(provider.GetRequiredService<TableServiceClient>(), cancellation)
        ));
        return services;
    }

    /// <exception cref="SettingException">The connection string is invalid; it is not repeated, as it may contain a key.</exception>
    private static T Client<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception error) when (error is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new SettingException(
                "AzureWebJobsStorage is not a storage connection string: it needs an account name and key, a "
                    + "shared access signature, or UseDevelopmentStorage=true."
            );
        }
    }

    /// <summary>Any request would do: its answer has the service's time.</summary>
    private static async Task<DateTimeOffset> DateAsync(TableServiceClient tables, CancellationToken cancellation)
    {
        var answer = await tables
            .GetTableClient("ImageJobs")
            .GetEntityIfExistsAsync<TableEntity>("clock", "clock", ["RowKey"], cancellation);
        return answer.GetRawResponse().Headers.Date ?? throw new InvalidDataException("The table service's answer has no Date.");
    }

    private static BlobClientOptions Blobs
    {
        get
        {
            var options = new BlobClientOptions().Patient("storage");
            options.AddPolicy(new BlobNamePolicy(), HttpPipelinePosition.PerCall);
            return options;
        }
    }

    /// <summary>The encoding set in host.json.</summary>
    private static QueueClientOptions Queues => new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }.Patient("storage");

    private static Uri ServiceUri(IConfiguration configuration, string service)
    {
        var setting = $"AzureWebJobsStorage:{service}ServiceUri";
        if (configuration[setting] is { Length: > 0 } uri)
        {
            return Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.Scheme == Uri.UriSchemeHttps
                ? parsed
                : throw new SettingException($"{setting} is '{uri}': it must be an https address.");
        }

        return configuration["AzureWebJobsStorage:accountName"] is { Length: > 0 } account
            ? new Uri($"https://{account}.{service}.core.windows.net")
            : throw new SettingException(
                "AzureWebJobsStorage is not set: give a connection string, or AzureWebJobsStorage__accountName for a managed identity."
            );
    }
}
