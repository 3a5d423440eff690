using Microsoft.Azure.Functions.Worker.Builder;
using Serverless.Hosting;
using Serverless.Imaging.Decoders;
using Serverless.Startup;

return args switch
{
    [DecoderExecutable.Verb] => DecoderHost.Run(),
    _ => await StartupError.ExitCodeAsync(() => RunAsync(args)),
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
        // A refusal during startup cancels the rest of it.
        readiness.ThrowIfFailed();
    }
}
