using Spectre.Console;

namespace Local;

/// <summary>Where a command writes: tables and bars on a terminal, plain lines that other programs can read elsewhere.</summary>
/// <param name="writer">Takes the plain lines.</param>
/// <param name="terminal">Takes what is drawn; null where nobody sees it.</param>
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
