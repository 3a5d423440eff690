using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Duplicates.Originals;

namespace Serverless.Calibration;

internal static class CalibrationServices
{
    /// <summary>What calibration needs besides imaging and embeddings: no storage, no index.</summary>
    public static IServiceCollection AddCalibration(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DuplicateOptions>().Bind(configuration.GetSection("Duplicates"));
        services.AddSingleton<IValidateOptions<DuplicateOptions>, DuplicateOptionsRules>();
        services.AddSingleton<DuplicatePolicy>();
        services.AddSingleton<TurnedPictures>();
        services.AddSingleton<CopyVectors>();
        services.AddSingleton<SubjectReader>();
        services.AddSingleton<KnownMatches>();
        services.AddSingleton<OriginalComparison>();
        return services;
    }
}
