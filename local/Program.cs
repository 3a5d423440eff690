using System.Text;
using Local;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
if (args is [ModelsCommand.Name, ..])
{
    return await ModelsCommand.RunAsync(args.Skip(1));
}

Loopback.BypassProxy();
if (args is [CalibrateCommand.Name, ..])
{
    return await CalibrateCommand.RunAsync(args.Skip(1));
}

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
