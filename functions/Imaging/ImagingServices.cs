using Microsoft.Extensions.Options;

namespace Serverless.Imaging;

public static class ImagingServices
{
    public static IServiceCollection AddImaging(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<ImageLimits>, ValidateImageLimits>();
        services.AddOptions<ImageLimits>().Bind(configuration.GetSection(ImageLimits.Section)).ValidateOnStart();
        services.AddOptions<ImageDecoding>();
        services.AddSingleton<ImageReader>();
        return services;
    }
}
