namespace Serverless.Migration;

internal static class MigrationServices
{
    public static IServiceCollection AddMigration(this IServiceCollection services)
    {
        services.AddSingleton<ModelMigration>();
        services.AddSingleton<Fullness>();
        services.AddSingleton<MigrationReports>();
        services.AddSingleton<ModelComparison>();
        return services;
    }
}
