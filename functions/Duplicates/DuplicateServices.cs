using Microsoft.Extensions.Options;
using Serverless.Duplicates.Originals;

namespace Serverless.Duplicates;

internal static class DuplicateServices
{
    public static IServiceCollection AddDuplicates(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DuplicateOptions>().Bind(configuration.GetSection(DuplicateOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DuplicateOptions>, DuplicateOptionsRules>();
        services.AddSingleton<IValidateOptions<DuplicateOptions>, TurnedCopiesRule>();
        services.AddSingleton<DuplicatePolicy>();
        services.AddSingleton<OrientationVariants>();
        services.AddSingleton<CopyVectors>();
        services.AddSingleton<KnownMatches>();
        services.AddSingleton<ComparisonRoom>();
        services.AddSingleton<OriginalReader>();
        services.AddSingleton<OriginalComparison>();
        services.AddSingleton<CandidateConfirmation>();
        services.AddSingleton<PairComparison>();
        services.AddSingleton<Neighbourhood>();
        services.AddSingleton<CandidateFinder>();
        services.AddSingleton<DuplicateJudge>();
        return services;
    }
}
