using System.CommandLine;
using System.CommandLine.Invocation;

namespace Local.Commands;

/// <summary>The command line after <c>dotnet run --project local --</c>.</summary>
internal static class CommandLine
{
    private const int Misused = 2;

    // "@list.jpg" may be a file name, not a response file; and each command shuts down on Ctrl-C by itself, however long that takes.
    private static readonly ParserConfiguration Rules = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    public static ParseResult Parse(IReadOnlyList<string> arguments) => new RunCommand(new SharedOptions()).Parse(arguments, Rules);

    /// <returns>The exit code: 2 for an invalid command line, which is explained on standard error.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments) => RunAsync(Parse(arguments), Console.Out, Console.Error);

    public static async Task<int> RunAsync(ParseResult parsed, TextWriter output, TextWriter errors)
    {
        if (parsed.Action is not ParseErrorAction refusal)
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    ProcessTerminationTimeout = null,
                    Output = output,
                    Error = errors,
                }
            );
        }

        refusal.ShowHelp = false;
        await parsed.InvokeAsync(new InvocationConfiguration { Output = errors, Error = errors });
        return Misused;
    }
}
