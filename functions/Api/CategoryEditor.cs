using Microsoft.Extensions.AI;
using Serverless.Categories;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Imaging.Metadata;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>Makes and changes categories.</summary>
internal sealed class CategoryEditor(
    CategoryTable table,
    QueryVectors stored,
    IEmbeddingGenerator<string, Embedding<float>> texts,
    ImageIndex index,
    EmbeddingModel model
)
{
    public const int MostCategories = 100;
    public const int MostNearest = 1000;

    private const int UsualTop = 200;

    /// <summary>A prompt means the same in a sentence about a picture.</summary>
    private const string Template = "a picture of ";

    public async Task<CategoryPreview> PreviewAsync(CategoryPreviewRequest request, CancellationToken cancellation)
    {
        var top = QueryValue.Between(request.Top ?? UsualTop, 1, MostNearest, "top");
        var threshold = Checked(request.Threshold);
        var vector = await VectorAsync(Meaning("preview", request.Prompts, request.Examples), cancellation);
        var nearest = await index.ResemblingAsync(vector, MostNearest, cancellation);
        var suggested = SuggestedThreshold.Of([.. nearest.Select(image => image.Similarity)]);
        var count = nearest.Count(image => image.Similarity >= (threshold ?? suggested));
        return new CategoryPreview(
            threshold ?? suggested,
            suggested,
            count,
            count == MostNearest,
            [.. nearest.Take(top).Select(image => new CategoryCandidate(image.Id, image.Document.Path, Math.Round(image.Similarity, 4)))],
            model.Name
        );
    }

    /// <summary>Writes a category with its vector for the model in use.</summary>
    public async Task<Category> SaveAsync(string name, CategoryRequest request, CancellationToken cancellation)
    {
        var meant = Meaning(NameOf(name), request.Prompts, request.Examples);
        var vector = await VectorAsync(meant, cancellation);
        var threshold = Checked(request.Threshold) ?? await SuggestAsync(vector, cancellation);
        while (true)
        {
            var shelf = await table.ReadAsync(cancellation);
            var known = shelf.Find(meant.Name);
            if (known is null && shelf.Categories.Count >= MostCategories)
            {
                throw ProblemException.Conflict($"There are {MostCategories} categories: delete one first.");
            }

            // Those of other models are kept for a change back.
            var fits = new Dictionary<string, CategoryFit>(known?.MeansTheSameAs(meant) == true ? known.Fits : meant.Fits);
            var key = StoredCategory.KeyOf(model);
            fits.Remove(key);
            fits[key] = new CategoryFit(vector, threshold);
            var category = meant with { Fits = fits };
            if (await table.TryWriteAsync(category, shelf, cancellation))
            {
                return category;
            }
        }
    }

    /// <summary>False if there is none of that name.</summary>
    public async Task<bool> DeleteAsync(string name, CancellationToken cancellation)
    {
        while (true)
        {
            var shelf = await table.ReadAsync(cancellation);
            if (shelf.Find(NameOf(name)) is not { } known)
            {
                return false;
            }

            if (await table.TryDeleteAsync(known, shelf, cancellation))
            {
                return true;
            }
        }
    }

    /// <exception cref="ProblemException">The name is not allowed.</exception>
    public static string NameOf(string name) =>
        CategoryName.Parse(name)
        ?? throw ProblemException.Invalid($"'{QueryValue.Shorten(name)}' is not a name of a category: {CategoryName.Rule}.");

    private static Category Meaning(string name, IReadOnlyList<string?>? prompts, IReadOnlyList<string?>? examples)
    {
        var meant = new Category
        {
            Name = name,
            Prompts =
            [
                .. (prompts ?? [])
                    .Select(prompt => EditedText.Checked(prompt, "prompts", Category.MostPromptLetters) ?? "")
                    .Where(prompt => prompt.Length > 0)
                    .Distinct(StringComparer.Ordinal),
            ],
            Examples = [.. (examples ?? []).Select(id => id ?? "").Distinct(StringComparer.Ordinal)],
        };
        return meant.Prompts.Count > Category.MostPrompts
                ? throw ProblemException.Invalid($"A category has at most {Category.MostPrompts} prompts.")
            : meant.Examples.Count > Category.MostExamples
                ? throw ProblemException.Invalid($"A category has at most {Category.MostExamples} examples.")
            : meant.Examples.FirstOrDefault(id => !ImagePath.IsId(id)) is { } wrong
                ? throw ProblemException.Invalid($"'{QueryValue.Shorten(wrong)}' is not the id of an image: 32 hexadecimal digits.")
            : meant is { Prompts: [], Examples: [] }
                ? throw ProblemException.Invalid("Say what belongs to the category: 'prompts' (texts), 'examples' (ids of images) or both.")
            : meant;
    }

    /// <summary>
    /// The middle of the prompts, or of the examples; with both, half way between: texts and pictures lie apart, and neither outweighs
    /// the other.
    /// </summary>
    private async Task<ReadOnlyMemory<float>> VectorAsync(Category meant, CancellationToken cancellation)
    {
        var both = new QueryVector(model.Dimensions);
        if (meant.Prompts.Count > 0)
        {
            var sentences = meant.Prompts.Concat(meant.Prompts.Select(prompt => Template + prompt)).ToList();
            var made = await texts.GenerateAsync(sentences, EmbeddingPriority.Query, cancellation);
            both.Add(Middle(made.Select(vector => vector.Vector)), 1);
        }

        if (meant.Examples.Count > 0)
        {
            var shown = new List<ReadOnlyMemory<float>>();
            foreach (var id in meant.Examples)
            {
                shown.Add((await stored.StoredAsync(id, cancellation)).Embedding);
            }

            both.Add(Middle(shown), 1);
        }

        return both.Unit() ?? throw Cancelled();
    }

    private ReadOnlyMemory<float> Middle(IEnumerable<ReadOnlyMemory<float>> vectors)
    {
        var sum = new QueryVector(model.Dimensions);
        foreach (var vector in vectors)
        {
            sum.Add(vector, 1);
        }

        return sum.Unit() ?? throw Cancelled();
    }

    private async Task<double> SuggestAsync(ReadOnlyMemory<float> vector, CancellationToken cancellation) =>
        SuggestedThreshold.Of([.. (await index.ResemblingAsync(vector, MostNearest, cancellation)).Select(image => image.Similarity)]);

    private static double? Checked(double? threshold) => threshold is { } value ? QueryValue.Between(value, -1, 1, "threshold") : null;

    private static ProblemException Cancelled() => ProblemException.Invalid("The prompts and examples cancel each other out.");
}
