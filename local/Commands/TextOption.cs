using System.CommandLine;

namespace Local.Commands;

/// <summary>An option that takes text. If given twice, the last one counts.</summary>
internal sealed class TextOption : Option<string>
{
    public TextOption(string name, string helpName, string description)
        : base(name)
    {
        HelpName = helpName;
        Description = description;
        Arity = ArgumentArity.OneOrMore;
        CustomParser = result => result.Tokens[^1].Value;
    }
}
