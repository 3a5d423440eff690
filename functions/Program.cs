using Microsoft.Azure.Functions.Worker.Builder;
using Serverless.Calibration;
using Serverless.Embeddings.Catalogue;
using Serverless.Hosting;
using Serverless.Imaging.Decoders;
using Serverless.Startup;

return args switch
{
    [DecoderExecutable.Verb] => DecoderHost.Run(),
    ["models", .. var verb] => await ModelsCommand.RunAsync(verb),
    [CalibrateCommand.Verb, .. var options] => await CalibrateCommand.RunAsync(options),
    _ => await StartRefusal.ExitCodeAsync(() => RunAsync(args)),
};

static async Task RunAsync(string[] args)
{
    var builder = FunctionsApplication.CreateBuilder(args);
    builder.ConfigureFunctionsWebApplication();
    builder.AddApp();

    var app = builder.Build();
    var readiness = app.Services.GetRequiredService<Readiness>();
    try
    {
        await app.RunAsync();
    }
    finally
    {
        // A refusal may come while the app still starts, which is cancelled then.
        readiness.ThrowIfRefused();
    }
}
