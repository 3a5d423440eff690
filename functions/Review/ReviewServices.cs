using Serverless.Jobs;

namespace Serverless.Review;

internal static class ReviewServices
{
    public static IServiceCollection AddReview(this IServiceCollection services)
    {
        services.AddSingleton<DuplicateGroups>();
        services.AddSingleton<DuplicateReport>();
        services.AddSingleton<WhatIf>();
        services.AddSingleton<ReviewJudge>();
        services.AddSingleton<IJobSteps, QuarantineReview>();
        return services;
    }
}
