namespace Serverless.Labels;

/// <summary>A label of the vocabulary.</summary>
/// <param name="Name">As filters have it.</param>
/// <param name="Words">The name, or what is written beside it, without the templates.</param>
/// <param name="Prompts">Texts that mean it; a picture is compared with all of them together.</param>
internal sealed record Label(LabelKind Kind, string Name, IReadOnlyList<string> Words, IReadOnlyList<string> Prompts);
