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
using Serverless.Pipeline;
using Serverless.Reconcile;
using Serverless.Review;
using Serverless.Rules;
using Serverless.Search;
using Serverless.Storage;
using Serverless.Ui;

namespace Serverless.Hosting;

internal static class AppServices
{
    /// <summary>All services of the functions, floor by floor.</summary>
    public static void AddApp(this IHostApplicationBuilder builder)
    {
        builder.AddHosting();
        builder.Services.AddImaging(builder.Configuration);
        builder.Services.AddEmbeddings(builder.Configuration);
        builder.Services.AddLabels();
        builder.Services.AddStorage(builder.Configuration);
        builder.Services.AddLedger();
        builder.Services.AddSearch(builder.Configuration);
        builder.Services.AddDescribe(builder.Configuration);
        builder.Services.AddDuplicates(builder.Configuration);
        builder.Services.AddCategories();
        builder.Services.AddPipeline();
        builder.Services.AddJobs();
        builder.Services.AddBackfill();
        builder.Services.AddReconcile();
        builder.Services.AddReview();
        builder.Services.AddRules();
        builder.Services.AddAccess(builder.Configuration);
        builder.Services.AddApi();
        builder.AddTelemetry();
        builder.Services.AddUi();
        builder.Services.AddMcp(builder.Configuration);
    }
}
