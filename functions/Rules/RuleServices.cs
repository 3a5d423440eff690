using Serverless.Jobs;

namespace Serverless.Rules;

internal static class RuleServices
{
    public static IServiceCollection AddRules(this IServiceCollection services)
    {
        services.AddSingleton<RuleScan>();
        services.AddSingleton<RuleMoves>();
        services.AddSingleton<RuleMerge>();
        services.AddSingleton<PairExecution>();
        services.AddSingleton<IJobSteps, RuleSteps>();
        return services;
    }
}
