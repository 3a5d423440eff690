namespace Serverless.Ingest;

internal static class IngestServices
{
    public static IServiceCollection AddIngest(this IServiceCollection services)
    {
        services.AddSingleton<Attempts>();
        services.AddSingleton<NewPlace>();
        services.AddSingleton<Decision>();
        services.AddSingleton<QuarantinedVectors>();
        services.AddSingleton<RestoreMove>();
        services.AddSingleton<Relink>();
        services.AddSingleton<ImageWaiting>();
        services.AddSingleton<ImageIngest>();
        services.AddSingleton<ImageRemoval>();
        services.AddSingleton<ImageRecheck>();
        services.AddSingleton<QuarantineRemoval>();
        return services;
    }
}
