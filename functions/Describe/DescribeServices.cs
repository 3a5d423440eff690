using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Options;

namespace Serverless.Describe;

internal static class DescribeServices
{
    public static IServiceCollection AddDescribe(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DescribeOptions>().Bind(configuration.GetSection(DescribeOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DescribeOptions>, DescribeOptionsRules>();
        services.AddSingleton<IValidateOptions<DescribeOptions>, ChatEndpointRules>();

        // Created on first use: without descriptions nothing is needed.
        services.AddSingleton(provider => new Lazy<Microsoft.Extensions.AI.IChatClient>(() =>
            ChatEndpoint.Client(
                provider.GetRequiredService<IOptions<DescribeOptions>>().Value,
                () => provider.GetService<TokenCredential>() ?? new DefaultAzureCredential()
            )
        ));
        services.AddSingleton<ChatDescriber>();
        services.AddSingleton<KnownDescriptions>();
        services.AddSingleton<DescribeBudget>();
        services.AddSingleton<DescribePace>();
        services.AddSingleton<PictureSource>();
        services.AddSingleton<ImageDescriber>();
        return services;
    }
}
