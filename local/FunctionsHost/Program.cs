using FunctionsHost;
using FunctionsHost.Diagnostics;
using FunctionsHost.Worker;

if (args.Contains("--help"))
{
    Console.WriteLine(CommandLine.Usage);
    return 0;
}

try
{
    var options = CommandLine.Parse(args);
    using var signals = StopSignals.Listen(options.StopWithStdin);
    using var tracing = Tracing.Start();
    await LocalHost.RunAsync(options, signals.Token);
    return 0;
}
catch (WorkerException e) when (e.IsRefusal)
{
    await Console.Error.WriteLineAsync($"The app refuses its settings. {e.Message}");
    return WorkerException.RefusalExitCode;
}
catch (HostException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
catch (Exception e)
{
    await Console.Error.WriteLineAsync($"The functions host failed; this is a bug in the host: {e}");
    return 1;
}
