using Azure;
using Azure.Identity;
using Azure.Search.Documents;
using Azure.Search.Documents.Indexes;
using Microsoft.Extensions.Options;
using Serverless.Telemetry;

namespace Serverless.Search;

internal static class SearchServices
{
    public static IServiceCollection AddSearch(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SearchOptions>().Bind(configuration.GetSection(SearchOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SearchOptions>, SearchOptionsRules>();
        services.AddSingleton<IValidateOptions<SearchOptions>, SearchEndpointRule>();
        services.AddSingleton(Client);
        services.AddSingleton(provider =>
            provider
                .GetRequiredService<SearchIndexClient>()
                .GetSearchClient(provider.GetRequiredService<IOptions<SearchOptions>>().Value.Index)
        );
        services.AddSingleton<IndexCreation>();
        services.AddSingleton<ImageIndex>();
        services.AddSingleton(provider => new WordIndex(provider.GetRequiredService<SearchClient>()));
        services.AddSingleton<PartIndex>();
        return services;
    }

    private static SearchIndexClient Client(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<SearchOptions>>().Value;
        var endpoint = new Uri(options.Endpoint);
        var client = ClientOptions(options);
        return string.IsNullOrEmpty(options.ApiKey)
            ? new SearchIndexClient(endpoint, new DefaultAzureCredential(), client)
            : new SearchIndexClient(endpoint, new AzureKeyCredential(options.ApiKey), client);
    }

    public static SearchClientOptions ClientOptions(SearchOptions options)
    {
        var client = new SearchClientOptions().Patient("search");
        if (!string.IsNullOrEmpty(options.CertificateFile))
        {
            client.Transport = CertificatePin.Transport(new Uri(options.Endpoint), options.CertificateFile);
        }

        return client;
    }
}
