using System.CommandLine;
using System.CommandLine.Invocation;
using FunctionsHost;
using FunctionsHost.Diagnostics;
using Local;

var app = new Option<DirectoryInfo>("--app")
{
    Description = "The app root: the output of the app's build, with host.json, worker.config.json and functions.metadata.",
    Required = true,
};
var port = new Option<ushort>("--port")
{
    Description = "Loopback port to listen on; 0 picks a free one.",
    DefaultValueFactory = _ => 7071,
};
var stopWithStdin = new Option<bool>("--stop-with-stdin") { Description = "Stop when standard input reaches its end." };
var command = new RootCommand(
    """
    Runs a .NET isolated function app: its triggers by the listeners of the WebJobs SDK, its HTTP functions on a loopback port.

    App settings are environment variables, for instance AzureWebJobsStorage. Where LOCAL_FUNCTION_KEY or Access__SearchKey,
    Access__OperateKey or Access__DeleteKey are set, one of them is demanded (x-functions-key or ?code=) of functions that are
    not anonymous. POST /runtime/webhooks/blobs?functionName=Host.Functions.NAME takes the events of Event Grid, with LOCAL_WEBHOOK_KEY
    as its key where that is set.
    """
)
{
    app,
    port,
    stopWithStdin,
};
command.SetAction(arguments =>
    RunAsync(arguments.GetRequiredValue(app).FullName, arguments.GetValue(port), arguments.GetValue(stopWithStdin))
);
var parsed = command.Parse(args);
if (parsed.Action is ParseErrorAction refusal)
{
    refusal.ShowHelp = false;
}

return await parsed.InvokeAsync(new() { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });

static async Task<int> RunAsync(string app, int port, bool stopWithStdin)
{
    try
    {
        using var signals = new StopSignals(stopWithStdin);
        using var atOnce = signals.Insisted.Register(() => Environment.Exit(1));
        using var tracing = Tracing.Start();
        await LocalHost.RunAsync(app, port, signals.Requested);
        return 0;
    }
    catch (HostException e)
    {
        await Console.Error.WriteLineAsync(e.Message);
        return e.ExitCode;
    }
}
