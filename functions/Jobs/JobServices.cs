namespace Serverless.Jobs;

internal static class JobServices
{
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddSingleton<JobTable>();
        services.AddSingleton<JobRun>();
        return services;
    }
}
