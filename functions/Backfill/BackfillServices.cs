namespace Serverless.Backfill;

internal static class BackfillServices
{
    public static IServiceCollection AddBackfill(this IServiceCollection services)
    {
        services.AddSingleton<BackfillJobs>();
        services.AddSingleton<IBackfillWork, JudgeImages>();
        services.AddSingleton<IBackfillWork, DescribeImages>();
        services.AddSingleton<IBackfillWork, FillImages>();
        services.AddSingleton<IBackfillWork, PartImages>();
        services.AddSingleton<UploadsFirst>();
        services.AddSingleton<BackfillImages>();
        services.AddSingleton<BackfillListing>();
        services.AddSingleton<SliceRun>();
        services.AddSingleton<BackfillRun>();
        services.AddSingleton<BackfillReports>();
        return services;
    }
}
