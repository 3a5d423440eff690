using Serverless.Access;
using Serverless.Api;
using Serverless.Backfill;
using Serverless.Duplicates;
using Serverless.Duplicates.Calibration;
using Serverless.Embeddings;
using Serverless.Embeddings.Catalogue;
using Serverless.Hosting;
using Serverless.Imaging;
using Serverless.Imaging.Decoders;
using Serverless.Ingest;
using Serverless.Jobs;
using Serverless.Ledger;
using Serverless.Mcp;
using Serverless.Reconcile;
using Serverless.Review;
using Serverless.Search;
using Serverless.Startup;
using Serverless.Storage;
using Serverless.Telemetry;
using Serverless.Ui;

if (args is [DecoderExecutable.Verb])
{
    return DecoderHost.Run();
}

if (args is ["models", .. var verb])
{
    return await ModelsCommand.RunAsync(verb);
}

if (args is [CalibrateCommand.Verb, .. var options])
{
    return await CalibrateCommand.RunAsync(options);
}

try
{
    await RunAsync(args);
    return 0;
}
catch (Exception error) when (StartRefusal.SentenceOf(error) is { } sentence)
{
    await Console.Error.WriteLineAsync(sentence);
    return StartRefusal.ExitCode;
}

static async Task RunAsync(string[] args)
{
    var builder = WebApplication.CreateSlimBuilder(args);
    builder.AddHosting();
    builder.Services.AddSingleton(TimeProvider.System);
    builder.Services.AddImaging(builder.Configuration);
    builder.Services.AddEmbeddings(builder.Configuration);
    builder.Services.AddStorage(builder.Configuration);
    builder.Services.AddLedger();
    builder.Services.AddSearch(builder.Configuration);
    builder.Services.AddDuplicates(builder.Configuration);
    builder.Services.AddIngest();
    builder.Services.AddJobs();
    builder.Services.AddBackfill();
    builder.Services.AddReconcile();
    builder.Services.AddReview();
    builder.Services.AddAccess(builder.Configuration);
    builder.Services.AddApi();
    builder.AddTelemetry();
    builder.Services.AddUi();
    builder.Services.AddMcp();

    var app = builder.Build();
    var readiness = app.Services.GetRequiredService<Readiness>();
    app.MapApi();
    app.MapUi();
    app.MapImageMcp();
    app.MapTriggers();
    app.MapGet("/", () => Results.Text("ready")).ExcludeFromDescription();
#if ISOLATED_WORKER
    await Serverless.Hosting.Isolated.IsolatedWorker.RunAsync(app, args);
#else
    await app.RunAsync();
#endif
    readiness.ThrowIfRefused();
}
