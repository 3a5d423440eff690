using System.Text;
using Local;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
Loopback.BypassProxy();
try
{
    var options = CommandLine.Parse(args);
    if (options.Help)
    {
        Console.WriteLine(Help.Text);
        return 0;
    }
    return options.Upload is null ? await LocalRun.RunAsync(options) : await UploadCommand.RunAsync(options);
}
catch (CommandLineException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}
