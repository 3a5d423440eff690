using Serverless.Jobs;

namespace Serverless.Reconcile;

internal static class ReconcileServices
{
    public static IServiceCollection AddReconcile(this IServiceCollection services)
    {
        services.AddSingleton<QuarantineRecovery>();
        services.AddSingleton<Repair>();
        services.AddSingleton<Comparison>();
        services.AddSingleton<IJobSteps, ReconcileSteps>();
        services.AddSingleton<ReconcileStart>();
        return services;
    }
}
