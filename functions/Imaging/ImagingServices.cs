using Microsoft.Extensions.Options;
using Serverless.Imaging.Decoders;
using Serverless.Imaging.Metadata;

namespace Serverless.Imaging;

public static class ImagingServices
{
    public static IServiceCollection AddImaging(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<ImageLimits>, ImageLimitsRules>();
        services.AddOptions<ImageLimits>().Bind(configuration.GetSection(ImageLimits.Section)).ValidateOnStart();
        services.AddOptions<ImagingOptions>().Bind(configuration.GetSection(ImagingOptions.Section)).ValidateOnStart();
        services.AddOptions<ImageDecoding>();
        services.AddSingleton(provider => new DecoderPool(
            provider.GetRequiredService<IOptions<ImageLimits>>().Value.DecoderMegabytes,
            provider.GetRequiredService<IOptions<ImagingOptions>>().Value.Decoder
        ));
        services.AddSingleton(provider => new ImageReader(
            provider.GetRequiredService<IOptions<ImageLimits>>(),
            provider.GetRequiredService<IOptions<ImageDecoding>>(),
            provider.GetRequiredService<DecoderPool>()
        ));
        services.AddSingleton<ImageMetadata>();
        services.AddHostedService<DecoderPreparation>();
        return services;
    }
}
