namespace Serverless.Images;

/// <summary>A label that somebody said a picture does not deserve.</summary>
/// <param name="Kind"><c>style</c>, <c>objects</c> or <c>categories</c>.</param>
internal sealed record RefusedLabel(string Kind, string Name);

/// <summary>The labels that were refused for certain bytes: no model and no threshold brings them back.</summary>
/// <param name="Sha256">The hash of the bytes, in lower-case hex.</param>
internal sealed record LabelRefusals(string Sha256, IReadOnlyList<RefusedLabel> Labels)
{
    public const int Most = 64;

    public static readonly string[] Kinds = ["style", "objects", "categories"];
}
