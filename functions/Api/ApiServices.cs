using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Serverless.Api.Description;
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
        services.AddCrossOrigin();
        services.AddJsonCompression();
        services.AddSingleton<TaggedJson>();
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        });
        services.AddApiDescription();
        HealthEndpoint.AddChecks(services);
        services.AddSingleton<RequestBody>();
        services.AddSingleton<RegionVectors>();
        services.AddSingleton<QueryVectors>();
        services.AddSingleton<ColourSearch>();
        services.AddSingleton<FacetCounts>();
        services.AddSingleton<CategoryEditor>();
        services.AddSingleton<QueryForms>();
        services.AddSingleton<SheetSearch>();
        services.AddSingleton<ImageSearch>();
        services.AddSingleton<SearchEndpoint>();
        services.AddSingleton<UploadedPair>();
        services.AddSingleton<StoredPair>();
        services.AddSingleton<CompareEndpoint>();
        services.AddSingleton<EmbedEndpoint>();
        services.AddSingleton<ReviewEndpoint>();
        services.AddSingleton<RulesEndpoint>();
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
        app.UseResponseCompression();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseCrossOrigin();
        app.UseOptions();
        app.UseCrossSiteProtection();
        app.UseRoles();
        app.UseReadiness();
        app.UseStrictQuery();
        app.UseBoundedRequests();
    }

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithMetadata(new KnownQuery([])).ProducesProblem(400).ProducesProblem(503).IsTimed();
        HealthEndpoint.Map(About(ApiTags.Service));
        OperationsEndpoint.Map(About(ApiTags.Service));
        SearchEndpoint.Map(About(ApiTags.Search));
        CompareEndpoint.Map(About(ApiTags.Search));
        EmbedEndpoint.Map(About(ApiTags.Search));
        ImagesEndpoint.Map(About(ApiTags.Images));
        TagsEndpoint.Map(About(ApiTags.Images));
        RemovalEndpoint.Map(About(ApiTags.Images));
        UploadEndpoint.Map(About(ApiTags.Images));
        ZipEndpoint.Map(About(ApiTags.Images));
        BrowseEndpoint.Map(About(ApiTags.Images));
        FacetsEndpoint.Map(About(ApiTags.Search));
        CategoriesEndpoint.Map(About(ApiTags.Search));
        ContentEndpoint.Map(About(ApiTags.Images));
        QuarantineEndpoint.Map(About(ApiTags.Duplicates));
        ChoiceEndpoint.Map(About(ApiTags.Duplicates));
        DuplicatesEndpoint.Map(About(ApiTags.Duplicates));
        ReportEndpoint.Map(About(ApiTags.Duplicates));
        ReviewEndpoint.Map(About(ApiTags.Duplicates));
        BackfillEndpoint.Map(About(ApiTags.Jobs));
        DescriptionsEndpoint.Map(About(ApiTags.Jobs));
        ReconcileEndpoint.Map(About(ApiTags.Jobs));
        RulesEndpoint.Map(About(ApiTags.Jobs));
        ModelsEndpoint.Map(About(ApiTags.Jobs));
        IEndpointRouteBuilder About(string tag) => api.MapGroup("").WithTags(tag);
        routes.MapOpenApi(Description);
    }

    /// <summary>What routing refuses by itself says what to do, too.</summary>
    private static void Explain(ProblemDetailsContext context)
    {
        var (problem, http) = (context.ProblemDetails, context.HttpContext);
        problem.Detail ??= problem.Status switch
        {
            StatusCodes.Status404NotFound => $"There is nothing at this address. {Description} lists what there is.",
            StatusCodes.Status405MethodNotAllowed => $"This address takes {http.Response.Headers.Allow}.",
            StatusCodes.Status415UnsupportedMediaType => (
                http.Request.ContentType is null
                    ? "The request has no Content-Type"
                    : "This route does not take the Content-Type of the request"
            ) + $": name that of the body, such as image/jpeg, image/png or application/json. {Description} lists what each route takes.",
            _ => null,
        };
    }

    private static long BodyLimit(ImageLimits limits) => (limits.MaxBytes * 2) + (1024 * 1024);
}
