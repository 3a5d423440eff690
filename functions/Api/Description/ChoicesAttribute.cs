using Serverless.Images;

namespace Serverless.Api.Description;

internal interface IChoices
{
    IReadOnlyList<string> Values { get; }
}

/// <summary>The values that a text, or each text of a list, may have.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ChoicesAttribute(params string[] values) : Attribute, IChoices
{
    public IReadOnlyList<string> Values => values;
}

/// <summary>The same, where they are the names of an enum.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ChoicesAttribute<T> : Attribute, IChoices
    where T : struct, Enum
{
    public IReadOnlyList<string> Values => [.. Enum.GetValues<T>().Select(Names.Of)];
}
