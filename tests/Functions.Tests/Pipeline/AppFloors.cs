using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Backfill;
using Serverless.Categories;
using Serverless.Describe;
using Serverless.Duplicates;
using Serverless.Embeddings;
using Serverless.Imaging;
using Serverless.Jobs;
using Serverless.Labels;
using Serverless.Ledger;
using Serverless.Models;
using Serverless.Pipeline;
using Serverless.Search;
using Serverless.Sheets;
using Serverless.Storage;

namespace Functions.Tests.Pipeline;

/// <summary>The app's own services up to the pipeline, for workers that live in the test's process.</summary>
internal static class AppFloors
{
    /// <summary>All but the clock.</summary>
    public static IServiceCollection Add(IServiceCollection services, IConfiguration configuration) =>
        services
            .AddLogging()
            .AddImaging(configuration)
            .AddEmbeddings(configuration)
            .AddLabels()
            .AddStorage(configuration)
            .AddLedger()
            .AddSearch(configuration)
            .AddDescribe(configuration)
            .AddModels()
            .AddSheets(configuration)
            .AddDuplicates(configuration)
            .AddJobs()
            .AddCategories()
            .AddBackfill()
            .AddPipeline();
}
