using Microsoft.Extensions.Options;

namespace Serverless.Sheets;

internal static class SheetServices
{
    public static IServiceCollection AddSheets(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DrawingsOptions>().Bind(configuration.GetSection(DrawingsOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DrawingsOptions>, DrawingsOptionsRules>();
        services.AddSingleton<SheetRule>();
        services.AddSingleton<PageMaker>();
        return services;
    }
}
