using System.CommandLine;

namespace Local.Commands;

/// <summary>The options that every command takes, before its name or behind it.</summary>
internal sealed class SharedOptions
{
    public Option<string> Data { get; } =
        new("--data")
        {
            Description = "Where the state is kept [default: .local at the root of the repository]",
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

    /// <summary>The folder that is named, or the default.</summary>
    public string DataOf(ParseResult parsed) => parsed.GetValue(Data) ?? new LocalOptions().Data;
}
