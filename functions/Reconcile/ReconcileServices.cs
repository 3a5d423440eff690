using Serverless.Jobs;

namespace Serverless.Reconcile;

internal static class ReconcileServices
{
    public static IServiceCollection AddReconcile(this IServiceCollection services)
    {
        services.AddSingleton<QuarantineRecovery>();
        services.AddSingleton<AnnouncementRepair>();
        services.AddSingleton<ListingRepair>();
        services.AddSingleton<RecordRepair>();
        services.AddSingleton<RepairQueues>();
        services.AddSingleton<Repair>();
        services.AddSingleton<DifferenceCheck>();
        services.AddSingleton<FindingSettlement>();
        services.AddSingleton<StoredImages>();
        services.AddSingleton<SheetComparison>();
        services.AddSingleton<ComparedStores>();
        services.AddSingleton<Comparison>();
        services.AddSingleton<ReconcileScope>();
        services.AddSingleton<IJobSteps, ReconcileSteps>();
        services.AddSingleton<ReconcileStart>();
        services.AddSingleton<IJobSteps, TaggingSteps>();
        services.AddSingleton<TaggingStart>();
        return services;
    }
}
