using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Local.Commands;

/// <summary>An option that takes a whole number in a range; its error message states the range.</summary>
internal sealed class NumberOption : Option<int?>
{
    private readonly int lowest;
    private readonly int highest;

    public NumberOption(string name, int lowest, int highest, string description)
        : base(name)
    {
        this.lowest = lowest;
        this.highest = highest;
        Description = description;
        HelpName = "N";
        Arity = ArgumentArity.OneOrMore; // Given twice, the last one counts.
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (Number(text) is { } number)
            {
                return number;
            }

            result.AddError($"{name} takes a whole number from {lowest} to {highest}, not \"{text}\".");
            return null;
        };
    }

    /// <summary>Its value for the command's validator: null if it is absent or already refused.</summary>
    public int? Given(CommandResult result) => result.GetResult(this)?.Tokens is [.., var token] ? Number(token.Value) : null;

    private int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= lowest && number <= highest
            ? number
            : null;
}
