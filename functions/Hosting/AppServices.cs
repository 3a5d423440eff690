using Serverless.Access;
using Serverless.Api;
using Serverless.Backfill;
using Serverless.Categories;
using Serverless.Describe;
using Serverless.Duplicates;
using Serverless.Embeddings;
using Serverless.Imaging;
using Serverless.Jobs;
using Serverless.Labels;
using Serverless.Ledger;
using Serverless.Mcp;
using Serverless.Migration;
using Serverless.Models;
using Serverless.Pipeline;
using Serverless.Reconcile;
using Serverless.Review;
using Serverless.Rules;
using Serverless.Search;
using Serverless.Sheets;
using Serverless.Storage;
using Serverless.Ui;

namespace Serverless.Hosting;

internal static class AppServices
{
    /// <summary>All services of the functions.</summary>
    public static void AddApp(this IHostApplicationBuilder builder)
    {
        var composition = new SideComposition(builder.Configuration, builder.Services);
        builder.Services.AddSingleton<SideComposer>(home => choice => composition.Compose(choice, home));
        builder.AddHosting();
        builder.Services.AddAppServices(builder.Configuration);
        builder.AddTelemetry();
    }

    /// <summary>What depends on model or index, and all that depends on that, floor by floor.</summary>
    public static void AddAppServices(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<AppEndpoints>();
        services.AddImaging(configuration);
        services.AddEmbeddings(configuration);
        services.AddLabels();
        services.AddStorage(configuration);
        services.AddLedger();
        services.AddSearch(configuration);
        services.AddDescribe(configuration);
        services.AddSheets(configuration);
        services.AddModels();
        services.AddDuplicates(configuration);
        services.AddCategories();
        services.AddPipeline();
        services.AddJobs();
        services.AddBackfill();
        services.AddReconcile();
        services.AddReview();
        services.AddRules();
        services.AddMigration();
        services.AddAccess(configuration);
        services.AddApi();
        services.AddUi();
        services.AddMcp(configuration);
    }
}
