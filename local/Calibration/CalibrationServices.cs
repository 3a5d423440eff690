using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Duplicates.Originals;
using Serverless.Embeddings;
using Serverless.Imaging;
using Serverless.Ledger;
using Serverless.Storage;

namespace Local.Calibration;

internal static class CalibrationServices
{
    private const string Account = "AzureWebJobsStorage";

    /// <summary>The app's services to read and compare pictures, configured by the environment.</summary>
    /// <param name="settings">Settings that override the environment's.</param>
    public static ServiceProvider Build(IReadOnlyDictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton<IConfiguration>(configuration).AddSingleton(TimeProvider.System);
        services.AddImaging(configuration);
        services.AddEmbeddings(configuration);
        services.AddCalibration(configuration);
        services.AddSingleton<CalibrationSample>();
        if (configuration[Account] is { Length: > 0 } || configuration.GetSection(Account).GetChildren().Any())
        {
            services.AddStorage(configuration);
            services.AddSingleton<ImageLedger>();
        }
        else
        {
            services.AddSingleton<BlobServiceClient>(_ =>
                throw new SettingException(
                    "AzureWebJobsStorage is not set: give a connection string, or AzureWebJobsStorage__accountName for a managed identity, "
                        + "or name a --folder."
                )
            );
        }

        return services.BuildServiceProvider();
    }

    /// <summary>What calibration needs beyond imaging and embeddings: no storage, no index.</summary>
    public static IServiceCollection AddCalibration(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DuplicateOptions>().Bind(configuration.GetSection(DuplicateOptions.Section));
        services.AddSingleton<IValidateOptions<DuplicateOptions>, DuplicateOptionsRules>();
        services.AddSingleton<IValidateOptions<DuplicateOptions>, TurnedCopiesRule>();
        services.AddSingleton<DuplicatePolicy>();
        services.AddSingleton<OrientationVariants>();
        services.AddSingleton<CopyVectors>();
        services.AddSingleton<SubjectReader>();
        services.AddSingleton<KnownMatches>();
        services.AddSingleton<OriginalComparison>();
        return services;
    }
}
