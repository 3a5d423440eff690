namespace Serverless.Ledger;

internal static class LedgerServices
{
    public static IServiceCollection AddLedger(this IServiceCollection services)
    {
        services.AddSingleton<ModelTable>();
        services.AddSingleton<ModelVectors>();
        services.AddSingleton<VectorsInForce>();
        services.AddSingleton<ImageLedger>();
        services.AddSingleton<SheetLedger>();
        services.AddSingleton<ImageRecords>();
        services.AddSingleton<DuplicateTable>();
        services.AddSingleton<DuplicateScan>();
        services.AddSingleton<AnnouncementLog>();
        services.AddSingleton<RememberedDecisions>();
        return services;
    }
}
