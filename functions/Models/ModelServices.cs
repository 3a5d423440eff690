namespace Serverless.Models;

internal static class ModelServices
{
    public static IServiceCollection AddModels(this IServiceCollection services)
    {
        services.AddSingleton<IndexOwner>();
        services.AddSingleton<ModelSides>();
        return services;
    }
}
