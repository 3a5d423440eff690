using System.Text;
using Local;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
if (args is [ModelsCommand.Name, ..])
{
    return await ModelsCommand.RunAsync(args.Skip(1));
}

Loopback.BypassProxy();
if (args.SkipWhile(word => word == "--stop-with-stdin").ToArray() is [CalibrateCommand.Name, .. var words])
{
    return await CalibrateCommand.RunAsync(words);
}

try
{
    var options = CommandLine.Parse(args);
    if (options.Help)
    {
        Console.WriteLine(Help.Text);
        return 0;
    }
    return options.Review ? await ReviewCommand.RunAsync(options)
        : options.Upload is null ? await LocalRun.RunAsync(options)
        : await UploadCommand.RunAsync(options);
}
catch (CommandLineException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}
