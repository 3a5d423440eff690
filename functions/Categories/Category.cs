using Azure;

namespace Serverless.Categories;

/// <summary>What a team looks for in its own pictures: a name, and what means it.</summary>
internal sealed record Category
{
    public const int MostPrompts = 5;
    public const int MostExamples = 16;
    public const int MostPromptLetters = 200;

    public required string Name { get; init; }

    /// <summary>Texts that mean it.</summary>
    public IReadOnlyList<string> Prompts { get; init; } = [];

    /// <summary>Ids of images that show it.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>By the key of a model: vectors of different models have nothing in common.</summary>
    public IReadOnlyDictionary<string, CategoryFit> Fits { get; init; } = new Dictionary<string, CategoryFit>();

    /// <summary>The version of the stored row.</summary>
    public ETag RowVersion { get; init; }

    public bool MeansTheSameAs(Category other) => Prompts.SequenceEqual(other.Prompts) && Examples.SequenceEqual(other.Examples);
}

/// <summary>A category in the space of one model.</summary>
/// <param name="Vector">Of length 1.</param>
/// <param name="Threshold">The least cosine of a picture that belongs to it.</param>
internal sealed record CategoryFit(ReadOnlyMemory<float> Vector, double Threshold);
