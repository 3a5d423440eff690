using System.Runtime.InteropServices;
using TestHandler;

// A custom handler that writes down what it is asked to do, and that misbehaves on request.
var folder = new TestFolder(Environment.GetEnvironmentVariable("TEST_FOLDER")!);
if (folder.Mode("startup") == "crash")
{
    return 3;
}

if (folder.Mode("startup") == "refuse")
{
    await Console.Error.WriteLineAsync("a setting is wrong");
    return 78;
}

if (folder.Mode("startup") == "never-listens")
{
    folder.Write("process", $"{Environment.ProcessId}");
    await Task.Delay(Timeout.Infinite);
}

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
builder.WebHost.UseUrls($"http://127.0.0.1:{Environment.GetEnvironmentVariable("FUNCTIONS_CUSTOMHANDLER_PORT")}");
var app = builder.Build();
using var stubborn = folder.Mode("startup") == "stubborn"
    ? PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true)
    : null;

app.MapGet("/", () => "ready");
app.MapProxied(folder);
app.MapPost("/{function}", (string function, HttpContext context) => Triggers.HandleAsync(function, folder, context));
app.MapFallback("/{*path}", Triggers.Unexpected);

folder.Write("process", $"{Environment.ProcessId}");
await app.StartAsync();
Console.WriteLine($"the handler is process {Environment.ProcessId}");
await Console.Error.WriteLineAsync("a word on standard error");
await (stubborn is null ? app.WaitForShutdownAsync() : Task.Delay(Timeout.Infinite));
return 0;
