using FunctionsHost;
using FunctionsHost.Configuration;
using FunctionsHost.Handler;

if (args.Contains("--help"))
{
    Console.WriteLine(CommandLine.Usage);
    return 0;
}

try
{
    var options = CommandLine.Parse(args);
    using var signals = StopSignals.Listen(options.StopWithStdin);
    var app = FunctionApp.Load(options.App, AppSettings.FromEnvironment());
    using var tracing = Tracing.Start();
    await LocalHost.RunAsync(options, app, signals.Token);
    return 0;
}
catch (RefusalException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return HandlerSupervisor.RefusalExitCode;
}
catch (HostException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
catch (Exception e)
{
    await Console.Error.WriteLineAsync($"The functions host failed, which is a fault of its own: {e}");
    return 1;
}
