using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace Serverless.Api;

/// <summary>Other origins whose pages may call the API (CORS); none by default.</summary>
internal static class CrossOrigin
{
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    public static void AddCrossOrigin(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<ApiOptions>, ApiOptionsRules>();
        services.AddOptions<ApiOptions>().BindConfiguration(ApiOptions.Section).ValidateOnStart();
        services.AddCors();
        services
            .AddOptions<CorsOptions>()
            .Configure<IOptions<ApiOptions>>(
                (cors, api) =>
                    cors.AddDefaultPolicy(policy =>
                        policy
                            .WithOrigins([.. api.Value.AllowedOrigins])
                            .AllowAnyHeader()
                            .AllowAnyMethod()
                            .WithExposedHeaders("Content-Disposition", "Content-Range", "ETag", "Location", "Retry-After")
                            .SetPreflightMaxAge(Remembered)
                    )
            );
    }

    public static void UseCrossOrigin(this IApplicationBuilder app)
    {
        if (AllowedBy(app.ApplicationServices).Count > 0)
        {
            app.UseCors();
        }
    }

    public static IReadOnlyList<string> AllowedBy(IServiceProvider services) =>
        services.GetRequiredService<IOptions<ApiOptions>>().Value.AllowedOrigins;
}
