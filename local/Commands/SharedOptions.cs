using System.CommandLine;

namespace Local.Commands;

/// <summary>Options of every command, before or after its name.</summary>
internal sealed class SharedOptions
{
    public Option<string> Data { get; } =
        new("--data")
        {
            Description = "Folder for all state [default: .local at the root of the repository]",
            HelpName = "DIR",
            Recursive = true,
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result =>
            {
                if (result.Tokens[^1].Value is { Length: > 0 } folder)
                {
                    return Path.GetFullPath(folder);
                }

                result.AddError("--data needs the name of a folder.");
                return null;
            },
        };

    public Option<bool> StopWithStandardInput { get; } =
        new("--stop-with-stdin") { Description = "Stop when standard input ends", Recursive = true };

    /// <summary>The named folder, or the default.</summary>
    public string DataOf(ParseResult parsed) => parsed.GetValue(Data) ?? new LocalOptions().Data;
}
