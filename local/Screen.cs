using Spectre.Console;

namespace Local;

/// <summary>A command's output: tables and bars on a terminal, plain machine-readable lines otherwise.</summary>
/// <param name="writer">Receives the plain lines.</param>
/// <param name="terminal">Receives drawings; null without a terminal.</param>
internal sealed class Screen(TextWriter writer, IAnsiConsole? terminal = null)
{
    public IAnsiConsole? Terminal { get; } = terminal;

    public static Screen Output { get; } = Of(Console.Out);

    public static Screen Errors { get; } = Of(Console.Error);

    public void WriteLine(string line) => writer.WriteLine(line);

    private static Screen Of(TextWriter writer)
    {
        var output = new AnsiConsoleOutput(writer);
        return new Screen(writer, output.IsTerminal ? AnsiConsole.Create(new AnsiConsoleSettings { Out = output }) : null);
    }
}
