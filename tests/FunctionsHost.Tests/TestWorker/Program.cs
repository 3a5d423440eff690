using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TestWorker;

// An app that writes down what it is asked to do, and that misbehaves on request.
var folder = new TestFolder(Environment.GetEnvironmentVariable("TEST_FOLDER")!);
folder.Write("process", $"{Environment.ProcessId}");
switch (folder.Mode("startup"))
{
    case "crash":
        return 3;
    case "refuse":
        await Console.Error.WriteLineAsync("a setting is wrong");
        return 78;
    case "never-connects":
        await Task.Delay(Timeout.Infinite);
        break;
}

using var stubborn =
    folder.Mode("startup") == "stubborn" ? PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true) : null;
var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddSingleton(folder).AddSingleton<Behaviour>().AddHostedService<Serverless.Hosting.ParentWatch>();
builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = null);
Console.WriteLine($"the worker is process {Environment.ProcessId}");
await Console.Error.WriteLineAsync("a word on standard error");
using var app = builder.Build();
await app.RunAsync();
if (stubborn is not null)
{
    await Task.Delay(Timeout.Infinite);
}

return 0;
