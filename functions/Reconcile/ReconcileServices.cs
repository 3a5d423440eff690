namespace Serverless.Reconcile;

internal static class ReconcileServices
{
    public static IServiceCollection AddReconcile(this IServiceCollection services)
    {
        services.AddSingleton<QuarantineRecovery>();
        services.AddSingleton<Repair>();
        services.AddSingleton<Reconciler>();
        return services;
    }
}
