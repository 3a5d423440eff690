using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Serverless.Imaging;

namespace Serverless.Api;

internal static class ApiServices
{
    /// <summary>Where the description of the API is.</summary>
    public const string Description = "/api/openapi.json";

    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddExceptionHandler<ErrorHandler>();
        services.AddProblemDetails(options => options.CustomizeProblemDetails = Explain);
        services.AddBoundedRequests();
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        });
        services.AddOpenApi(options =>
        {
            options.AddDocumentTransformer(
                (document, _, _) =>
                {
                    document.Info.Title = "Image search and duplicate gate";
                    document.Info.Version = "1.0";
                    document.Servers = [];
                    return Task.CompletedTask;
                }
            );
            options.DescribeAccess();
        });
        HealthEndpoint.AddChecks(services);
        services.AddSingleton<RequestBody>();
        services.AddSingleton<QueryVectors>();
        services.AddSingleton<ColourSearch>();
        services.AddSingleton<FacetCounts>();
        services.AddSingleton<ImageSearch>();
        services.AddSingleton<SearchEndpoint>();
        services.AddSingleton<UploadedPair>();
        services.AddSingleton<StoredPair>();
        services.AddSingleton<CompareEndpoint>();
        services.AddSingleton<EmbedEndpoint>();
        services.AddSingleton<ReviewEndpoint>();
        services.AddSingleton<ThumbnailCache>();
        services.AddSingleton<StoredContent>();
        services.AddSingleton<IValidateOptions<ThumbnailOptions>, ThumbnailOptionsRules>();
        services.AddOptions<ThumbnailOptions>().BindConfiguration(ThumbnailOptions.Section).ValidateOnStart();

        // Two images in one body, or one that comes as base64 text.
        services
            .AddOptions<KestrelServerOptions>()
            .Configure<IOptions<ImageLimits>>((kestrel, limits) => kestrel.Limits.MaxRequestBodySize = BodyLimit(limits.Value));
        services
            .AddOptions<FormOptions>()
            .Configure<IOptions<ImageLimits>>((form, limits) => form.MultipartBodyLengthLimit = BodyLimit(limits.Value));
        return services;
    }

    /// <summary>What every request passes before it reaches an endpoint.</summary>
    public static void UseApi(this IApplicationBuilder app)
    {
        app.UseSecurityHeaders();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseCrossSiteRefusal();
        app.UseRoles();
        app.UseReadiness();
        app.UseBoundedRequests();
    }

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithTags("images").IsTimed();
        HealthEndpoint.Map(api);
        SearchEndpoint.Map(api);
        CompareEndpoint.Map(api);
        EmbedEndpoint.Map(api);
        ImagesEndpoint.Map(api);
        TagsEndpoint.Map(api);
        UploadEndpoint.Map(api);
        BrowseEndpoint.Map(api);
        FacetsEndpoint.Map(api);
        ContentEndpoint.Map(api);
        QuarantineEndpoint.Map(api);
        DuplicatesEndpoint.Map(api);
        ReviewEndpoint.Map(api);
        BackfillEndpoint.Map(api);
        DescriptionsEndpoint.Map(api);
        OperationsEndpoint.Map(api);
        ReconcileEndpoint.Map(api);
        routes.MapOpenApi(Description);
    }

    /// <summary>What routing refuses by itself says what to do, too.</summary>
    private static void Explain(ProblemDetailsContext context)
    {
        if (context.ProblemDetails is { Status: StatusCodes.Status415UnsupportedMediaType, Detail: null } problem)
        {
            var sent = context.HttpContext.Request.ContentType is null
                ? "The request has no Content-Type"
                : "This route does not take the Content-Type of the request";
            problem.Detail =
                $"{sent}: name that of the body, such as image/jpeg, image/png or application/json. /api/openapi.json lists what each "
                + "route takes.";
        }
    }

    private static long BodyLimit(ImageLimits limits) => (limits.MaxBytes * 2) + (1024 * 1024);
}
